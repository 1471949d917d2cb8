package io.coapgate.gateway.authz;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Path and query of a device's request, checked: what is matched, and exactly what is sent. */
public record RequestTarget(RequestPath path, RequestQuery query) {
    public RequestTarget {
        requireNonNull(path, "path");
        requireNonNull(query, "query");
    }

    /**
     * Checks the values of the Uri-Path and Uri-Query options.
     *
     * @throws InvalidPathException with {@code PATH_INVALID} or {@code QUERY_INVALID}
     */
    public static RequestTarget of(List<String> pathSegments, List<String> queryArguments) throws InvalidPathException {
        return new RequestTarget(RequestPath.of(pathSegments), RequestQuery.of(queryArguments));
    }

    /** The request target in origin-form, RFC 9112 §3.2.1. */
    public String encoded() {
        return path.encoded() + query.encoded();
    }
}
