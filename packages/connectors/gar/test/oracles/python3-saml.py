"""python3-saml as an oracle. First line: settings. Then a line a document: {"document", "requestId", "now"} in, a reading or null out."""
import copy
import json
import sys

from lxml import etree
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from urllib.parse import urlsplit

parties = json.loads(sys.stdin.readline())
consumer = urlsplit(parties["consumer"])
settings = OneLogin_Saml2_Settings(
    {
        "strict": True,
        "sp": {
            "entityId": parties["audience"],
            "assertionConsumerService": {"url": parties["consumer"]},
            "privateKey": parties["ownKey"],
            "x509cert": parties["ownCertificate"],
        },
        "idp": {
            "entityId": parties["issuer"],
            "singleSignOnService": {"url": "https://idp.example/sso"},
            "x509cert": parties["certificate"],
        },
        "security": {
            "wantAssertionsSigned": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "wantNameId": False,
        },
    }
)
request = {
    "https": "on" if consumer.scheme == "https" else "off",
    "http_host": consumer.netloc,
    "script_name": consumer.path,
    "get_data": {},
    "post_data": {},
}
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


def reading(asked):
    OneLogin_Saml2_Utils.now = staticmethod(lambda: asked["now"] // 1000)
    try:
        response = OneLogin_Saml2_Response(settings, asked["document"])
        if not response.is_valid(request, asked["requestId"], raise_exceptions=False):
            return None
        document = response.decrypted_document if response.encrypted else response.document
        assertion = copy.deepcopy(document.find(".//{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"))
        for signature in assertion.findall(SIGNATURE):
            assertion.remove(signature)
        return {
            "nameId": response.get_nameid(),
            "attributes": response.get_attributes(),
            "signedPart": etree.tostring(assertion, method="c14n", exclusive=True).decode("utf-8"),
        }
    except Exception:
        return None


print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(reading(json.loads(line))), flush=True)
