package io.coapgate.gateway.upstream;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A complete HTTP response.
 *
 * @param status the final status, 200 to 599
 * @param headers the first value of each field that can matter to a device, by name in lower case
 * @param body not copied; at most the upstream's {@code maxResponseBytes}
 */
public record UpstreamResponse(int status, Map<String, String> headers, byte[] body) {
    public UpstreamResponse {
        requireNonNull(body, "body");
        headers = Map.copyOf(headers);
        if (!isFinal(status)) {
            throw new IllegalArgumentException("not a final HTTP status: " + status);
        }
    }

    /** 101 too is none: nobody asks for another protocol. */
    static boolean isFinal(int status) {
        return status >= 200 && status <= 599;
    }

    /** Whether a gateway of the service's own says that it can't reach it, or can't at the moment: 502, 503 and 504. */
    boolean isGatewayError() {
        return status >= 502 && status <= 504;
    }

    /**
     * The value of one of {@link #headers()}.
     *
     * @param name in lower case
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String toString() {
        return "UpstreamResponse[" + status + ", " + body.length + " bytes]";
    }
}
