"""A throw-away certificate authority, through openssl."""

import pathlib
import subprocess

_DAYS = "30"


def _openssl(folder: pathlib.Path, *args: str, stdin: str | None = None) -> None:
    done = subprocess.run(["openssl", *args], cwd=folder, input=stdin, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(args)}: {done.stderr.strip()}")


def make_authority(folder: pathlib.Path) -> None:
    """ca.crt and ca.key, and the key pair sa.key, sa.pub that service account tokens are signed with."""
    _openssl(
        folder,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        "-days",
        _DAYS,
        "-subj",
        "/CN=kubectl-sts e2e",
        "-addext",
        "keyUsage=critical,keyCertSign,digitalSignature",
    )
    _openssl(folder, "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "sa.key")
    _openssl(folder, "pkey", "-in", "sa.key", "-pubout", "-out", "sa.pub")


def issue(folder: pathlib.Path, name: str, subject: str, names: str = "", days: str = _DAYS) -> None:
    """NAME.crt and NAME.key. With `names` (as in subjectAltName) it is for a server, else for a client."""
    _openssl(
        folder,
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        f"{name}.key",
        "-out",
        f"{name}.csr",
        "-subj",
        subject,
    )
    extensions = "extendedKeyUsage=clientAuth" + (f",serverAuth\nsubjectAltName={names}" if names else "")
    _openssl(
        folder,
        "x509",
        "-req",
        "-in",
        f"{name}.csr",
        "-CA",
        "ca.crt",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        days,
        "-out",
        f"{name}.crt",
        "-extfile",
        "/dev/stdin",
        stdin=extensions + "\n",
    )
    (folder / f"{name}.csr").unlink()
