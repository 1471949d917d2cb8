package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.issuing.AuthorizationServer;
import io.coapgate.gateway.issuing.TokenOutcome;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * {@code POST /token}: a device asks the gateway's own authorization server for an access token, RFC 9200 §5.8, in
 * application/ace+cbor (19). Answers 2.01 with the token, or 4.00 or 4.01 with an error code of RFC 9200 §5.8.3. What has none gets its
 * form from {@link AceErrors}.
 */
public final class TokenEndpoint implements RequestHandler {
    public static final String PATH = "token";

    private static final int MAX_REQUEST_BYTES = 1024;

    /** What a response without Max-Age means, RFC 7252 §5.10.5. */
    private static final Duration DEFAULT_MAX_AGE = Duration.ofSeconds(60);

    private final AuthorizationServer server;
    private final Clock clock;
    private final Executor signer;

    /** @param signer makes the tokens, which takes too long for a CoAP thread */
    public TokenEndpoint(AuthorizationServer server, Clock clock, Executor signer) {
        this.server = server;
        this.clock = clock;
        this.signer = signer;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        Optional<Refusal> refusal = refusalBeforeParsing(request);
        if (refusal.isPresent()) {
            return completedFuture(Refusals.response(refusal.get()));
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(request), signer);
        } catch (RejectedExecutionException e) {
            return completedFuture(Refusals.response(Refusal.GATEWAY_BUSY));
        }
    }

    private Optional<Refusal> refusalBeforeParsing(DeviceRequest request) {
        if (request.method() != CoapMethod.POST) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        if (request.contentFormat().orElse(ContentFormat.ACE_CBOR) != ContentFormat.ACE_CBOR) {
            return Optional.of(Refusal.CONTENT_FORMAT_UNSUPPORTED);
        }
        if (request.accept().orElse(ContentFormat.ACE_CBOR) != ContentFormat.ACE_CBOR) {
            return Optional.of(Refusal.ACCEPT_UNSUPPORTED);
        }
        return request.device().standing(clock.instant());
    }

    private DeviceResponse answer(DeviceRequest request) {
        TokenOutcome outcome;
        try {
            AccessTokenRequest asked = AccessTokenRequest.decode(request.payload(), MAX_REQUEST_BYTES);
            outcome = server.grant(asked, request.device());
        } catch (AceFormatException e) {
            outcome = new TokenOutcome.Refused(Refusal.GRANT_MALFORMED);
        }
        return outcome instanceof TokenOutcome.Issued issued
                ? created(issued.response())
                : refused((TokenOutcome.Refused) outcome);
    }

    /** No copy outlives the token, RFC 9202 §3.2.1. */
    private static DeviceResponse created(AccessTokenResponse response) {
        ResponseOptions options = ResponseOptions.NONE
                .withContentFormat(OptionalInt.of(ContentFormat.ACE_CBOR))
                .withMaxAge(response.expiresIn().filter(remaining -> remaining.compareTo(DEFAULT_MAX_AGE) < 0));
        return DeviceResponse.of(CoapCode.CREATED, options, response.encode());
    }

    private static DeviceResponse refused(TokenOutcome.Refused refused) {
        return refused.error()
                .map(error -> AceErrors.refused(refused.reason(), error))
                .orElseGet(() -> Refusals.response(refused.reason()));
    }
}
