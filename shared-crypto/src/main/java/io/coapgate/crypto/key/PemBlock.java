package io.coapgate.crypto.key;

import static io.coapgate.crypto.key.KeyFormatException.Reason.NOT_PEM;
import static io.coapgate.crypto.key.KeyFormatException.Reason.TOO_LARGE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of PEM text (RFC 7468): a label and the DER bytes. Text around the blocks is explanation and ignored. */
final class PemBlock {

    static final int MAX_CHARACTERS = 256 * 1024;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final String label;
    private final byte[] der;

    PemBlock(String label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    String label() {
        return label;
    }

    byte[] der() {
        return der;
    }

    String encode() {
        return BEGIN + label + DASHES + "\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der)
                + "\n" + END + label + DASHES + "\n";
    }

    static List<PemBlock> parse(String pem) throws KeyFormatException {
        if (pem.length() > MAX_CHARACTERS) {
            throw new KeyFormatException(TOO_LARGE, "more than " + MAX_CHARACTERS + " characters of PEM");
        }
        List<PemBlock> blocks = new ArrayList<>();
        int from = pem.indexOf(BEGIN);
        while (from >= 0) {
            int labelEnd = pem.indexOf(DASHES, from + BEGIN.length());
            if (labelEnd < 0) {
                throw new KeyFormatException(NOT_PEM, "a PEM header line without its end");
            }
            String label = pem.substring(from + BEGIN.length(), labelEnd);
            String footer = END + label + DASHES;
            int end = pem.indexOf(footer, labelEnd);
            if (label.indexOf('\n') >= 0 || end < 0) {
                throw new KeyFormatException(NOT_PEM, "a PEM block without its footer");
            }
            blocks.add(new PemBlock(label, base64(pem.substring(labelEnd + DASHES.length(), end))));
            from = pem.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static byte[] base64(String body) throws KeyFormatException {
        try {
            // The plain decoder, after white space only is dropped: the MIME decoder would skip any stray character.
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            // The decoder's message would repeat a character of the key: it is not passed on.
            throw new KeyFormatException(NOT_PEM, "a PEM block whose body is not base64");
        }
    }
}
