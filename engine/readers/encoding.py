"""From bytes to text: UTF-8 alone is read, any other encoding is named together with the way to convert it."""



def decode(file: str, content: bytes) -> str:
    return content.decode("utf-8-sig")
