package io.coapgate.simulator.demo;

/** Colours and weights for a terminal, or none. */
public enum Paint {
    ANSI,
    PLAIN;

    private static final String RESET = "\u001b[0m";

    /** ANSI codes on a terminal, unless NO_COLOR is set. */
    public static Paint of(boolean terminal) {
        String noColor = System.getenv("NO_COLOR");
        return terminal && (noColor == null || noColor.isEmpty()) ? ANSI : PLAIN;
    }

    String bold(String text) {
        return painted("1", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    String good(String text) {
        return painted("32", text);
    }

    String bad(String text) {
        return painted("31", text);
    }

    private String painted(String code, String text) {
        return this == ANSI ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
