"""One module per format: how a document and each block look in it."""
