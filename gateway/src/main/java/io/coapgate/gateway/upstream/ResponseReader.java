package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_TOO_LARGE;

import io.coapgate.gateway.refusal.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects one response, no more than it may hold. Only for the lane's event loop. */
final class ResponseReader {
    /** All that can matter to a device; {@code Set-Cookie} and whatever else a server likes to say stays behind. */
    private static final List<String> KEPT = List.of(
            "age",
            "content-encoding",
            "content-range",
            "content-type",
            "date",
            "etag",
            "expires",
            "last-modified",
            "location",
            "retry-after");

    /** Of these every line counts, and one that can't be read is taken for the strictest: it may say whose response it is. */
    private static final Map<String, String> LISTS = Map.of("cache-control", "no-store", "vary", "*");

    private static final byte[] NOTHING = {};

    private final HttpClientResponse response;
    private final int maxBytes;
    private final Outcome outcome;
    private byte[] body = NOTHING;
    private @Nullable Buffer pieces;

    /** Of the three, the first counts. */
    interface Outcome {
        void succeeded(UpstreamResponse response);

        void refuse(Refusal reason, String detail);

        void failed(Throwable failure);
    }

    private ResponseReader(HttpClientResponse response, int maxBytes, Outcome outcome) {
        this.response = response;
        this.maxBytes = maxBytes;
        this.outcome = outcome;
    }

    static void read(HttpClientResponse response, int maxBytes, Outcome outcome) {
        response.exceptionHandler(outcome::failed);
        int status = response.statusCode();
        if (!UpstreamResponse.isFinal(status)) {
            outcome.refuse(UPSTREAM_RESPONSE_INVALID, "status " + status);
        } else if (announcesMoreThan(maxBytes, response)) {
            outcome.refuse(UPSTREAM_RESPONSE_TOO_LARGE, "announces more than " + maxBytes + " bytes");
        } else {
            ResponseReader reader = new ResponseReader(response, maxBytes, outcome);
            response.handler(reader::append).endHandler(ignored -> reader.end());
        }
    }

    /** Status and headers alone; empty if it is no final response. */
    static Optional<UpstreamResponse> head(HttpClientResponse response) {
        int status = response.statusCode();
        return UpstreamResponse.isFinal(status)
                ? Optional.of(new UpstreamResponse(status, headers(response.headers()), NOTHING))
                : Optional.empty();
    }

    private static boolean announcesMoreThan(int maxBytes, HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || response.statusCode() == 304) { // a 304 may tell the length of what it doesn't send
            return false;
        }
        try {
            return Long.parseLong(length.strip()) > maxBytes;
        } catch (NumberFormatException e) {
            return true; // more digits than a long has: the codec has refused everything else
        }
    }

    private void append(Buffer piece) {
        int length = pieces == null ? body.length : pieces.length();
        if (piece.length() > maxBytes - length) {
            outcome.refuse(UPSTREAM_RESPONSE_TOO_LARGE, "more than " + maxBytes + " bytes");
        } else if (length == 0) {
            body = piece.getBytes(); // most often all there is
        } else {
            pieces = (pieces == null ? Buffer.buffer(body) : pieces).appendBuffer(piece);
        }
    }

    private void end() {
        outcome.succeeded(new UpstreamResponse(
                response.statusCode(), headers(response.headers()), pieces == null ? body : pieces.getBytes()));
    }

    private static Map<String, String> headers(MultiMap all) {
        Map<String, String> kept = new HashMap<>();
        for (int i = 0; i < KEPT.size(); i++) {
            String name = KEPT.get(i);
            String value = all.get(name);
            if (value != null && isPrintable(value)) {
                kept.put(name, value);
            }
        }
        LISTS.forEach((name, strictest) -> {
            if (all.contains(name)) {
                String value = String.join(", ", all.getAll(name)); // as one, RFC 9110 §5.3
                kept.put(name, isPrintable(value) ? value : strictest);
            }
        });
        return kept;
    }

    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
