package io.coapgate.gateway.discovery;

/**
 * One search for links, RFC 6690 §4.1.
 *
 * @param name of the attribute; {@code href} for the target
 * @param value compared as it is: CoAP's query arguments are not percent-encoded
 * @param prefix whether values only begin with it
 */
record LinkFilter(String name, String value, boolean prefix) {
    private static final String WILDCARD = "*";

    /**
     * Reads {@code name=value} or {@code name=prefix*}. A bare {@code name} asks for links that have the attribute, as an
     * empty prefix does.
     */
    static LinkFilter parse(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 0) {
            return new LinkFilter(argument, "", true);
        }
        String name = argument.substring(0, equals);
        String value = argument.substring(equals + 1);
        return value.endsWith(WILDCARD)
                ? new LinkFilter(name, value.substring(0, value.length() - 1), true)
                : new LinkFilter(name, value, false);
    }

    /** An attribute that the link does not have matches nothing. */
    boolean matches(Link link) {
        return link.searchable(name).anyMatch(has -> prefix ? has.startsWith(value) : has.equals(value));
    }
}
