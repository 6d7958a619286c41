"""Keeps the sender's brand and the library of images, which emails, recipients' pages and notices show.

`brand` reads and saves the brand; a saved brand is a new row, so that earlier ones stay. `images` keeps the images and the time since
which a sent message shows each; `decoding` is the one door to Pillow and reads what was uploaded.
"""
