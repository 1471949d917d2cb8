package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.StrictCbor;
import io.coapgate.crypto.jose.JwtInspection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A token as it was given: bytes that may be a CWT, or text that looks like a JWT. */
sealed interface TokenInput {

    /** Hex of the longest token that is looked at, with a line break here and there. */
    int MAX_BYTES = 3 * StrictCbor.MAX_BYTES;

    /** Bytes that may be a CWT. */
    record Binary(byte[] bytes) implements TokenInput {}

    /** Text that looks like a JWT. */
    record Compact(JwtInspection jwt) implements TokenInput {}

    /**
     * Takes the token from standard input ({@code -}), from a file ({@code @file}, or the name of one that is there), or
     * from the argument itself.
     *
     * @throws NotATokenException if there is nothing in it that could be one
     */
    static TokenInput read(String argument, InputStream standardInput) throws IOException, NotATokenException {
        if (argument.equals("-")) {
            return ofBytes(limited(standardInput));
        }
        Optional<Path> file =
                argument.startsWith("@") ? Optional.of(Path.of(argument.substring(1))) : existing(argument);
        if (file.isEmpty()) {
            return ofText(argument);
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            return ofBytes(limited(in));
        }
    }

    private static TokenInput ofBytes(byte[] bytes) throws NotATokenException {
        for (byte b : bytes) {
            if (b < 0) { // what a CWT begins with is never ASCII
                return new Binary(bytes);
            }
        }
        return ofText(new String(bytes, StandardCharsets.US_ASCII));
    }

    private static TokenInput ofText(String text) throws NotATokenException {
        String bare = withoutArmour(text);
        Optional<JwtInspection> jwt = JwtInspection.of(bare);
        return jwt.isPresent()
                ? new Compact(jwt.get())
                : new Binary(decode(bare)
                        .orElseThrow(() -> new NotATokenException(
                                "neither a file nor hex, base64, base64url or the three parts of a JWT")));
    }

    /** The text without white space and lines like {@code -----BEGIN …-----}. */
    static String withoutArmour(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat)
                .replaceAll("\\s", "");
    }

    /** The bytes of hex, base64 or base64url. */
    static Optional<byte[]> decode(String text) {
        try {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            return text.length() % 2 == 0 && text.matches("[0-9A-Fa-f]*")
                    ? Optional.of(HexFormat.of().parseHex(text))
                    : Optional.of(
                            Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] limited(InputStream in) throws IOException, NotATokenException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new NotATokenException("larger than any token");
        }
        return bytes;
    }

    private static Optional<Path> existing(String argument) {
        try {
            return Optional.of(Path.of(argument)).filter(Files::isRegularFile);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What was given is no token at all. */
    final class NotATokenException extends Exception {
        private static final long serialVersionUID = 1L;

        NotATokenException(String message) {
            super(message);
        }
    }
}
