package io.coapgate.gateway.trust;

import static io.coapgate.gateway.trust.KeySetException.Reason.INVALID;
import static io.coapgate.gateway.trust.KeySetException.Reason.STATUS;
import static io.coapgate.gateway.trust.KeySetException.Reason.UNREACHABLE;

import io.coapgate.crypto.cose.CoseKeySet;
import io.coapgate.crypto.jose.JwkSet;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.upstream.ConnectionSettings;
import io.coapgate.gateway.upstream.HttpVersion;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebClients;
import io.coapgate.gateway.upstream.WebRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks for the key set of one issuer by HTTP. Thread-safe. */
final class KeySetFetch {
    private static final String ACCEPT = CoseKeySet.MEDIA_TYPE + ", " + JwkSet.MEDIA_TYPE + ", application/json;q=0.5";
    private static final int OK = 200;

    private final WebClient client;
    private final WebRequest request;

    KeySetFetch(KeySetSettings settings, WebClients clients) {
        ConnectionSettings connections =
                new ConnectionSettings(HttpVersion.HTTP_1_1, 1, 1, 1, settings.timeout(), settings.maxBytes());
        this.client = clients.client(new UpstreamName("key-set"), connections, settings.tls());
        this.request = WebRequest.get(settings.url(), ACCEPT, settings.timeout());
    }

    /** @return completed exceptionally with {@link KeySetException} if there is no key set to be had */
    CompletionStage<FetchedKeys> fetch() {
        return client.send(request).handle(KeySetFetch::read).thenCompose(read -> read);
    }

    private static CompletionStage<FetchedKeys> read(@Nullable UpstreamResponse response, @Nullable Throwable failure) {
        try {
            if (response == null) {
                throw new KeySetException(UNREACHABLE, detail(failure));
            }
            if (response.status() != OK) {
                throw new KeySetException(STATUS, "status " + response.status());
            }
            if (response.body().length == 0) {
                throw new KeySetException(INVALID, "an empty answer");
            }
            return CompletableFuture.completedFuture(
                    new FetchedKeys(KeySetDocument.read(response.body()), CacheLife.of(response)));
        } catch (KeySetException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String detail(@Nullable Throwable failure) {
        Throwable cause = Causes.ofNullable(failure);
        return cause instanceof UpstreamException known ? known.detail() : "the request failed";
    }
}
