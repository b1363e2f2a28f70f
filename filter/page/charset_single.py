#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Write charset_single.inc: the single-byte encodings of the WHATWG Encoding
Standard, from Python's codecs and the few bytes where the standard differs.
Run as: python3 filter/page/charset_single.py > filter/page/charset_single.inc
"""

CODECS = {
    "IBM866": "cp866", "ISO_8859_2": "iso8859-2", "ISO_8859_3": "iso8859-3",
    "ISO_8859_4": "iso8859-4", "ISO_8859_5": "iso8859-5",
    "ISO_8859_6": "iso8859-6", "ISO_8859_7": "iso8859-7",
    "ISO_8859_8": "iso8859-8", "ISO_8859_8_I": "iso8859-8",
    "ISO_8859_10": "iso8859-10", "ISO_8859_13": "iso8859-13",
    "ISO_8859_14": "iso8859-14", "ISO_8859_15": "iso8859-15",
    "ISO_8859_16": "iso8859-16", "KOI8_R": "koi8-r", "KOI8_U": "koi8-u",
    "MACINTOSH": "mac-roman", "WINDOWS_874": "cp874",
    "WINDOWS_1250": "cp1250", "WINDOWS_1251": "cp1251",
    "WINDOWS_1252": "cp1252", "WINDOWS_1253": "cp1253",
    "WINDOWS_1254": "cp1254", "WINDOWS_1255": "cp1255",
    "WINDOWS_1256": "cp1256", "WINDOWS_1257": "cp1257",
    "WINDOWS_1258": "cp1258", "X_MAC_CYRILLIC": "mac-cyrillic",
}

# Where the standard gives a byte another character than Python does.
DIFFERENT = {
    "KOI8_U": {0xAE: 0x45E, 0xBE: 0x40E},
    "WINDOWS_1255": {0xCA: 0x5BA},
    "X_MAC_CYRILLIC": {0xA2: 0x490, 0xB6: 0x491, 0xFF: 0x20AC},
}


def character(name, byte):
    """The character of a byte; a C1 control where an undefined byte is one."""
    if byte in DIFFERENT.get(name, {}):
        return DIFFERENT[name][byte]
    try:
        return ord(bytes([byte]).decode(CODECS[name]))
    except UnicodeDecodeError:
        return byte if byte < 0xA0 else 0xFFFD


def main():
    print("/* SPDX-License-Identifier: MIT\n *\n"
          " * charset_single.inc: bytes 0x80 to 0xff of every single-byte "
          "encoding.\n * Generated; included by charset_label.c only. "
          "Made by\n"
          " * python3 filter/page/charset_single.py"
          " > filter/page/charset_single.inc */")
    for name in CODECS:
        print(f"[ENC_{name}] = {{")
        for row in range(0x80, 0x100, 8):
            cells = (f"0x{character(name, b):04x}"
                     for b in range(row, row + 8))
            print("\t" + ", ".join(cells) + ",")
        print("},")


if __name__ == "__main__":
    main()
