package io.coapgate.simulator.upstream;

import io.coapgate.crypto.jose.VerifiedJwt;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP service that answers those who bring a JWT it can verify: 200 with its verdict in JSON, or 204; 401, or 403
 * where the scope does not suffice, with {@code WWW-Authenticate} (RFC 6750 §3), otherwise.
 *
 * <p>It counts requests and keeps the last one, so that whoever started it can see what came. Thread-safe.
 */
public final class ResourceServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;
    private static final long START_SECONDS = 10;

    private final ResourceServerSettings settings;
    private final Vertx vertx;
    private final HttpServer server;
    private final Optional<JwtCheck> check;
    private final LongAdder requests = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final AtomicReference<Optional<ReceivedRequest>> last = new AtomicReference<>(Optional.empty());

    private ResourceServer(ResourceServerSettings settings, Clock clock) {
        this.settings = settings;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpClient client = vertx.createHttpClient();
        this.check = settings.tokens().map(trust -> {
            RemoteJwkSet keys = new RemoteJwkSet(client, trust.keys(), trust.refreshInterval(), clock);
            return new JwtCheck(keys, trust, clock);
        });
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /**
     * Starts a server.
     *
     * @throws IOException if it can't listen there
     */
    public static ResourceServer start(ResourceServerSettings settings, Clock clock) throws IOException {
        ResourceServer server = new ResourceServer(settings, clock);
        InetSocketAddress address = settings.address();
        try {
            server.server
                    .listen(address.getPort(), address.getAddress().getHostAddress())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
            throw new IOException("interrupted while starting", e);
        } catch (ExecutionException | TimeoutException e) {
            server.close();
            throw new IOException("can't listen at " + address, e);
        }
    }

    /** The port it listens at. */
    public int port() {
        return server.actualPort();
    }

    /** Requests so far, refused ones included. */
    public long requests() {
        return requests.sum();
    }

    /** Requests so far that were accepted. */
    public long accepted() {
        return accepted.sum();
    }

    /** The latest request whose credentials were looked at. */
    public Optional<ReceivedRequest> lastRequest() {
        return last.get();
    }

    private void handle(HttpServerRequest request) {
        requests.increment();
        String neededScope = settings.requiredScopes().get(request.method().name());
        if (neededScope == null) {
            request.response().setStatusCode(METHOD_NOT_ALLOWED).end();
            return;
        }
        if (check.isEmpty()) { // there to be fast: the body flows past
            accepted.increment();
            request.response().setStatusCode(settings.status()).end();
            return;
        }
        RequestBody.of(request, MAX_BODY_BYTES)
                .compose(body -> judge(request, neededScope)
                        .map(verdict -> ReceivedRequests.of(request, body.getBytes(), verdict)))
                .onSuccess(received -> inTime(() -> answer(request.response(), received)))
                .onFailure(failure -> request.response()
                        .setStatusCode(failure instanceof RequestBody.TooLargeException ? TOO_LARGE : INTERNAL_ERROR)
                        .end());
    }

    private void inTime(Runnable answer) {
        if (settings.delay().isZero()) {
            answer.run();
        } else {
            vertx.setTimer(settings.delay().toMillis(), timer -> answer.run());
        }
    }

    private Future<Verdict> judge(HttpServerRequest request, String neededScope) {
        Optional<String> token = ReceivedRequests.of(request, new byte[0], new Verdict.Unchecked())
                .bearerToken();
        return token.flatMap(jwt -> check.map(verifier -> verifier.check(jwt, neededScope)))
                .orElseGet(() -> Future.succeededFuture(Verdict.Refused.missing()));
    }

    private void answer(HttpServerResponse response, ReceivedRequest received) {
        last.set(Optional.of(received));
        if (received.verdict() instanceof Verdict.Refused refused) {
            response.setStatusCode(refused.status());
            if (refused.isChallenge()) {
                response.putHeader("WWW-Authenticate", refused.challenge(realm()));
            }
            json(response, new JsonObject().put("verdict", "refused").put("reason", refused.reason()));
            return;
        }
        accepted.increment();
        response.setStatusCode(settings.status());
        if (settings.status() == ResourceServerSettings.NO_CONTENT) {
            response.end();
        } else {
            json(response, received.jwt().map(jwt -> verdict(jwt, received)).orElseGet(JsonObject::new));
        }
    }

    private static JsonObject verdict(VerifiedJwt jwt, ReceivedRequest received) {
        return new JsonObject()
                .put("verdict", "accepted")
                .put("sub", jwt.subject())
                .put("scope", String.join(" ", jwt.scope()))
                .put("request", received.toString())
                .put("bytes", received.body().length);
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("Content-Type", "application/json").end(body.encode());
    }

    private String realm() {
        return settings.tokens().map(trust -> trust.policy().audience()).orElse("");
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(START_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
