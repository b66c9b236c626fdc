# Opens a page in the user's browser when it is called; runs: import
import webbrowser
def show(address):
    if not address.startswith(("http://", "https://")):
        raise ValueError("not an address: " + address)
    return webbrowser.open(address)
try:
    show("docs")
except ValueError as error:
    print(error)
