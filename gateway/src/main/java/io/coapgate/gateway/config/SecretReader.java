package io.coapgate.gateway.config;

import io.coapgate.crypto.key.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads secrets: plain text, {@code hex:…} or {@code base64:…}; or one of these from the environment as {@code ${NAME}},
 * or from a file as {@code file:path}. What is wrong with one is said without quoting it.
 */
final class SecretReader {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE = "file:";
    private static final String HEX = "hex:";
    private static final String BASE64 = "base64:";
    private static final String FORMS = "write text, hex:…, base64:…, ${NAME} or file:path";

    private final NamedFiles files;
    private final Map<String, String> environment;
    private boolean foundPlain;

    SecretReader(NamedFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = environment;
    }

    /** Empty after reporting a problem. */
    Optional<SecretBytes> secret(Section section, String key) {
        return source(section, key).flatMap(text -> decode(section, key, text));
    }

    private Optional<String> source(Section section, String key) {
        String text = section.text(key);
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            return fromEnvironment(section, key, variable.group(1));
        }
        if (text.startsWith(FILE)) {
            return fromFile(section, key, text.substring(FILE.length()));
        }
        if (text.contains("${")) {
            section.problem(key, "${NAME} must be the whole value, NAME of A-Z a-z 0-9 _", FORMS);
            return Optional.empty();
        }
        foundPlain = true;
        return Optional.of(text);
    }

    /** Whether one of the secrets stood in the configuration itself. */
    boolean foundPlain() {
        return foundPlain;
    }

    private Optional<String> fromEnvironment(Section section, String key, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            section.problem(key, "the environment variable " + name + " is not set", "export " + name + "=…");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private Optional<String> fromFile(Section section, String key, String path) {
        try {
            return Optional.of(withoutLineBreak(files.secretText(path)));
        } catch (UnreadableFileException e) {
            section.problem(key, e.getMessage(), e.advice());
            return Optional.empty();
        }
    }

    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<SecretBytes> decode(Section section, String key, String text) {
        try {
            byte[] bytes = bytes(text);
            if (bytes.length == 0) {
                section.problem(key, "the secret is empty", FORMS);
                return Optional.empty();
            }
            return Optional.of(SecretBytes.copyOf(bytes));
        } catch (IllegalArgumentException e) {
            // The decoder's message would quote a part of the secret.
            boolean hex = text.startsWith(HEX);
            String rule = hex ? "hex: takes pairs of 0-9 a-f" : "base64: takes A-Z a-z 0-9 + / and = at the end";
            section.problem(key, "what follows " + (hex ? HEX : BASE64) + " can't be decoded", rule);
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        if (text.startsWith(HEX)) {
            return HexFormat.of().parseHex(text.substring(HEX.length()));
        }
        if (text.startsWith(BASE64)) {
            return Base64.getDecoder().decode(text.substring(BASE64.length()));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
