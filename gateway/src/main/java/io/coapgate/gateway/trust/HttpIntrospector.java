package io.coapgate.gateway.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.jose.IntrospectedToken;
import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.upstream.ConnectionSettings;
import io.coapgate.gateway.upstream.Header;
import io.coapgate.gateway.upstream.HttpMethod;
import io.coapgate.gateway.upstream.HttpVersion;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamName;
import io.coapgate.gateway.upstream.UpstreamResponse;
import io.coapgate.gateway.upstream.WebClient;
import io.coapgate.gateway.upstream.WebClients;
import io.coapgate.gateway.upstream.WebRequest;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Introspection over HTTP, RFC 7662: the token in a form, the answer in JSON. Thread-safe. */
public final class HttpIntrospector implements Introspector {
    private static final int OK = 200;
    private static final int MAX_BYTES = IntrospectedToken.MAX_LENGTH;

    private final IntrospectionAccess.Http access;
    private final Duration timeout;
    private final WebClient client;
    private final List<Header> headers;

    public HttpIntrospector(IntrospectionAccess.Http access, IntrospectionSettings.Bounds bounds, WebClients clients) {
        this.access = access;
        this.timeout = bounds.timeout();
        int concurrent = bounds.maxConcurrent();
        this.client = clients.client(
                new UpstreamName("introspection"),
                new ConnectionSettings(HttpVersion.HTTP_1_1, concurrent, 1, 4 * concurrent, timeout, MAX_BYTES),
                access.tls());
        this.headers = headers(access);
    }

    private static List<Header> headers(IntrospectionAccess.Http access) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("accept", "application/json"));
        headers.add(new Header("content-type", "application/x-www-form-urlencoded"));
        access.credentials().ifPresent(own -> headers.add(new Header("authorization", basic(own))));
        return List.copyOf(headers);
    }

    /** RFC 6749 §2.3.1: both halves are form-encoded first. */
    private static String basic(IntrospectionAccess.ClientSecret own) {
        String secret = new String(own.secret().expose(), UTF_8);
        String pair = URLEncoder.encode(own.clientId(), UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    /** A token that is no text can be none of this server's: it is not asked about. */
    @Override
    public CompletionStage<IntrospectionResponse> introspect(byte[] token) {
        String text = new String(token, StandardCharsets.US_ASCII);
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return CompletableFuture.completedFuture(IntrospectionResponse.INACTIVE);
        }
        byte[] form = ("token=" + URLEncoder.encode(text, UTF_8) + "&token_type_hint=access_token").getBytes(UTF_8);
        WebRequest request = new WebRequest(HttpMethod.POST, access.url(), headers, form, timeout);
        return client.send(request).handle(HttpIntrospector::read).thenCompose(read -> read);
    }

    private static CompletionStage<IntrospectionResponse> read(
            @Nullable UpstreamResponse response, @Nullable Throwable failure) {
        try {
            if (response == null) {
                throw new IntrospectionException(detail(failure));
            }
            if (response.status() != OK) {
                throw new IntrospectionException("status " + response.status());
            }
            String json =
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(response.body())).toString();
            return CompletableFuture.completedFuture(IntrospectedClaims.of(IntrospectedToken.parse(json)));
        } catch (CharacterCodingException e) {
            return CompletableFuture.failedFuture(new IntrospectionException("not UTF-8"));
        } catch (KeyFormatException e) {
            return CompletableFuture.failedFuture(new IntrospectionException(e.getMessage()));
        } catch (IntrospectionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String detail(@Nullable Throwable failure) {
        Throwable cause = Causes.ofNullable(failure);
        return cause instanceof UpstreamException known ? known.detail() : "the request failed";
    }
}
