package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD for a fixed set of paths, POST for others, and refuses the rest. Pages are made on a worker thread, so that a slow
 * one holds up no connection but its own.
 */
final class Site implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    /** IMF-fixdate, RFC 9110 §5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int NOT_MODIFIED = 304;

    private final Vertx vertx;
    private final Clock clock;
    private final Map<String, Endpoint> endpoints;
    private final Map<String, PostEndpoint> posts;

    Site(Vertx vertx, Clock clock, Map<String, Endpoint> endpoints, Map<String, PostEndpoint> posts) {
        this.vertx = vertx;
        this.clock = clock;
        this.endpoints = Map.copyOf(endpoints);
        this.posts = Map.copyOf(posts);
    }

    @Override
    public void handle(HttpServerRequest request) {
        page(request).onComplete(page -> answer(request, page), failure -> {
            LOG.error("{} failed", request.path(), failure);
            answer(request, Page.failure(500, "Internal Server Error"));
        });
    }

    private Future<Page> page(HttpServerRequest request) {
        Optional<PostEndpoint> post = Optional.ofNullable(request.path()).map(posts::get);
        if (post.isPresent()) {
            return post(request, post.get());
        }
        Optional<Endpoint> endpoint = Optional.ofNullable(request.path()).map(endpoints::get);
        if (hasBody(request)) {
            return refuse(request, Page.failure(413, "Content Too Large"));
        }
        if (endpoint.isEmpty()) {
            return Future.succeededFuture(Page.failure(404, "Not Found"));
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            return refuse(request, Page.failure(405, "Method Not Allowed"));
        }
        String accept =
                Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
        return vertx.executeBlocking(() -> endpoint.get().get(accept), false).map(page -> requireNonNull(page, "page"));
    }

    private Future<Page> post(HttpServerRequest request, PostEndpoint endpoint) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            return refuse(request, Page.failure(405, "Method Not Allowed"));
        }
        return new BoundedBody(vertx, request)
                .read()
                .compose(body -> body.isEmpty()
                        ? refuse(request, Page.failure(413, "Content Too Large"))
                        : vertx.executeBlocking(() -> endpoint.post(posted(request, body.get())), false)
                                .compose(Future::fromCompletionStage));
    }

    private static PostRequest posted(HttpServerRequest request, Buffer body) {
        return new PostRequest(
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)).orElse(""),
                Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                        .orElse(""),
                request.remoteAddress().hostAddress(),
                body.getBytes());
    }

    /** No page takes a body: none is read, and the connection that may carry one is not used again. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    private static Future<Page> refuse(HttpServerRequest request, Page page) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        return Future.succeededFuture(page);
    }

    private void answer(HttpServerRequest request, Page page) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.DATE, DATE.format(clock.instant()))
                .putHeader(HttpHeaders.CACHE_CONTROL, page.cacheControl())
                .putHeader("x-content-type-options", "nosniff");
        page.headers().forEach(response::putHeader);
        page.entityTag().ifPresent(tag -> response.putHeader(HttpHeaders.ETAG, tag));
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null && page.isMatchedBy(ifNoneMatch)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.setStatusCode(page.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.body().length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(page.body()));
        }
    }
}
