package io.coapgate.gateway.config;

import java.util.regex.Pattern;

/** Where in a file a value stands, as operators write it: {@code routes[0].methods.GET}. */
record KeyPath(String text) {
    static final KeyPath ROOT = new KeyPath("");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    KeyPath child(String name) {
        if (!PLAIN.matcher(name).matches()) {
            return new KeyPath(text + '[' + Quoted.of(name) + ']');
        }
        return new KeyPath(text.isEmpty() ? name : text + '.' + name);
    }

    KeyPath child(int index) {
        return new KeyPath(text + '[' + index + ']');
    }

    /** Whether the other path is this one or lies below it. */
    boolean contains(KeyPath other) {
        return other.text.startsWith(text)
                && (text.isEmpty()
                        || other.text.length() == text.length()
                        || ".[".indexOf(other.text.charAt(text.length())) >= 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
