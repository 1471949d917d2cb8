package io.coapgate.gateway.authz;

import static java.util.stream.Collectors.joining;

import io.coapgate.gateway.refusal.Refusal;
import java.util.List;

/** A device's Uri-Query in the form in which it goes upstream. */
public final class RequestQuery {
    public static final RequestQuery NONE = new RequestQuery("");

    private static final int MAX_ARGUMENTS = 32;

    private final String encoded;

    private RequestQuery(String encoded) {
        this.encoded = encoded;
    }

    /**
     * Checks the values of the Uri-Query options (RFC 7252 §5.10.1), which are not percent-encoded.
     *
     * @throws InvalidPathException for too many arguments, control characters, and what is not UTF-8
     */
    public static RequestQuery of(List<String> arguments) throws InvalidPathException {
        if (arguments.isEmpty()) {
            return NONE;
        }
        if (arguments.size() > MAX_ARGUMENTS) {
            throw new InvalidPathException(Refusal.QUERY_INVALID, "more than " + MAX_ARGUMENTS + " query arguments");
        }
        for (String argument : arguments) {
            if (argument.codePoints().anyMatch(RequestQuery::isRefused)) {
                throw new InvalidPathException(Refusal.QUERY_INVALID, "control character in the query, or not UTF-8");
            }
        }
        return new RequestQuery(
                arguments.stream().map(PercentEncoding::queryArgument).collect(joining("&", "?", "")));
    }

    private static boolean isRefused(int codePoint) {
        return Character.isISOControl(codePoint)
                || codePoint == 0xfffd
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    /** Empty, or a question mark and the arguments joined by {@code &}. */
    public String encoded() {
        return encoded;
    }

    @Override
    public String toString() {
        return encoded;
    }
}
