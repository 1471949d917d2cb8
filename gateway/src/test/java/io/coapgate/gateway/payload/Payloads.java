package io.coapgate.gateway.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Payloads by hand: CBOR as hexadecimal digits, JSON as text. */
final class Payloads {
    static final int LIMIT = 1 << 20;

    private Payloads() {}

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String json(PayloadCodec codec, String cbor) throws ConversionException {
        return new String(codec.toJson(hex(cbor), LIMIT), UTF_8);
    }

    static String json(String cbor) throws ConversionException {
        return json(PayloadCodec.CBOR_JSON, cbor);
    }

    static String cbor(String json) throws ConversionException {
        return hex(PayloadCodec.CBOR_JSON.toCbor(60, json.getBytes(UTF_8), LIMIT));
    }

    /** The rows of a table without its comments, split at the bars. */
    static List<List<String>> table(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Payloads.class.getResourceAsStream(name))) {
            return new BufferedReader(new InputStreamReader(in, UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(" \\| ", 2)))
                    .toList();
        }
    }
}
