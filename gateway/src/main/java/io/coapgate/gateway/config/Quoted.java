package io.coapgate.gateway.config;

/** Text out of a file, made fit for one line of a message: no control characters, and not endless. */
final class Quoted {
    private static final int MAX_CHARACTERS = 80;

    private Quoted() {}

    static String of(String text) {
        String visible = text.codePoints()
                .limit(MAX_CHARACTERS)
                .map(c -> Character.isISOControl(c) || c == '"' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return '"' + visible + (text.codePointCount(0, text.length()) > MAX_CHARACTERS ? "…\"" : "\"");
    }
}
