package io.coapgate.simulator.upstream;

import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Takes requests over from Vert.x, which recycles its own. */
final class ReceivedRequests {
    private ReceivedRequests() {}

    static ReceivedRequest of(HttpServerRequest request, byte[] body, Verdict verdict) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + ", " + next));
        return new ReceivedRequest(request.method().name(), request.uri(), headers, body, verdict);
    }
}
