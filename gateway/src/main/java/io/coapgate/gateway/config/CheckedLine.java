package io.coapgate.gateway.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A line of printable ASCII with a checksum at its end: a space and the CRC-32C in eight hexadecimal digits. */
final class CheckedLine {
    private static final int CHECK_LENGTH = 9;

    private CheckedLine() {}

    static String of(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(US_ASCII));
        return text + " " + HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** What the line says; empty if it is not as it was written. */
    static Optional<String> read(String line) {
        String text = line.substring(0, Math.max(line.length() - CHECK_LENGTH, 0));
        return line.equals(of(text)) ? Optional.of(text) : Optional.empty();
    }
}
