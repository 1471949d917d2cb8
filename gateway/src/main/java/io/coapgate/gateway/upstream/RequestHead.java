package io.coapgate.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes on the wire: the headers of the request, {@code Authorization}, an exact {@code Content-Length} and, from the
 * upstream's URL, {@code Host}. No {@code Accept-Encoding}, so that a small response stays small, and no
 * {@code User-Agent}, because {@code Via} says as much.
 */
final class RequestHead {
    private static final io.vertx.core.http.HttpMethod QUERY = io.vertx.core.http.HttpMethod.valueOf("QUERY");
    private static final CharSequence ZERO = HttpHeaders.createOptimized("0");

    /** As the client writes them fastest; others do as well. */
    private static final Map<String, CharSequence> NAMES = Stream.of(
                    "accept", "content-type", "forwarded", "idempotency-key", "traceparent", "via")
            .collect(Collectors.toUnmodifiableMap(name -> name, HttpHeaders::createOptimized));

    private RequestHead() {}

    static RequestOptions options(UpstreamRequest request) {
        return new RequestOptions().setMethod(method(request.method())).setURI(request.target());
    }

    static void write(UpstreamRequest request, HttpClientRequest out) {
        MultiMap headers = out.headers();
        List<Header> composed = request.headers();
        for (int i = 0; i < composed.size(); i++) {
            String name = composed.get(i).name();
            headers.add(NAMES.getOrDefault(name, name), composed.get(i).value());
        }
        if (request.token() != BearerToken.NONE) {
            headers.set(HttpHeaders.AUTHORIZATION, request.token().authorization());
        }
        if (request.body().length > 0) {
            out.end(Buffer.buffer(request.body())); // sent in one piece, it gets its length from Vert.x
            return;
        }
        if (expectsBody(request.method())) {
            headers.set(HttpHeaders.CONTENT_LENGTH, ZERO); // RFC 9110 §8.6
        }
        out.end();
    }

    private static boolean expectsBody(HttpMethod method) {
        return method != HttpMethod.GET && method != HttpMethod.DELETE;
    }

    private static io.vertx.core.http.HttpMethod method(HttpMethod method) {
        return switch (method) {
            case GET -> io.vertx.core.http.HttpMethod.GET;
            case POST -> io.vertx.core.http.HttpMethod.POST;
            case PUT -> io.vertx.core.http.HttpMethod.PUT;
            case DELETE -> io.vertx.core.http.HttpMethod.DELETE;
            case PATCH -> io.vertx.core.http.HttpMethod.PATCH;
            case QUERY -> QUERY;
        };
    }
}
