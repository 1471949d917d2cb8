package io.coapgate.gateway.upstream;

import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_INVALID;
import static io.coapgate.gateway.refusal.Refusal.UPSTREAM_RESPONSE_TOO_LARGE;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects one response of Vert.x's client, no more than it may hold. Only for the lane's event loop. */
final class ResponseReader {
    private static final byte[] NOTHING = {};

    private final HttpClientResponse response;
    private final int maxBytes;
    private final Attempt.Outcome outcome;
    private byte[] body = NOTHING;
    private @Nullable Buffer pieces;

    private ResponseReader(HttpClientResponse response, int maxBytes, Attempt.Outcome outcome) {
        this.response = response;
        this.maxBytes = maxBytes;
        this.outcome = outcome;
    }

    static void read(HttpClientResponse response, int maxBytes, Attempt.Outcome outcome) {
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
                ? Optional.of(new UpstreamResponse(status, ResponseHeaders.of(response.headers()), NOTHING))
                : Optional.empty();
    }

    private static boolean announcesMoreThan(int maxBytes, HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || response.statusCode() == 304) { // a 304 may tell the length of what it doesn't send
            return false;
        }
        return ContentLength.exceeds(length, maxBytes);
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
                response.statusCode(),
                ResponseHeaders.of(response.headers()),
                pieces == null ? body : pieces.getBytes()));
    }
}
