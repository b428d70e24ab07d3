"""Forms: plans as workbooks and documents that offices fill in. One layout for writing, reading and annotating them."""
