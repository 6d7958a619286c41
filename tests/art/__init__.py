"""The drawings of the starter emails as SVG files of ours, and the images made of them, which are committed."""
