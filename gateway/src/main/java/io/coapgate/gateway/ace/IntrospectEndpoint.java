package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.ace.AceError;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.IntrospectionRequest;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.issuing.Introspection;
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
 * {@code POST /introspect}: a resource server asks what one of the gateway's tokens says, RFC 9200 §5.9, in
 * application/ace+cbor (19). Its DTLS session is its authentication. Answers 2.01; to others than resource servers 4.03.
 * Refusals get their form from {@link AceErrors}.
 */
public final class IntrospectEndpoint implements RequestHandler {
    public static final String PATH = "introspect";

    private static final int MAX_REQUEST_BYTES = 4096;

    private final Introspection introspection;
    private final Clock clock;
    private final Executor worker;

    /** @param worker runs what may have to wait for the tokens */
    public IntrospectEndpoint(Introspection introspection, Clock clock, Executor worker) {
        this.worker = worker;
        this.introspection = introspection;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            return completedFuture(Refusals.response(refusal.get()));
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(request), worker);
        } catch (RejectedExecutionException e) {
            return completedFuture(Refusals.response(Refusal.GATEWAY_BUSY));
        }
    }

    private Optional<Refusal> refusal(DeviceRequest request) {
        if (request.method() != CoapMethod.POST) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        Optional<Refusal> fallen = request.device().standing(clock.instant());
        if (fallen.isPresent()) {
            return fallen;
        }
        if (!introspection.isFor(request.device().id())) {
            return Optional.of(Refusal.INTROSPECTION_FORBIDDEN);
        }
        if (request.contentFormat().orElse(ContentFormat.ACE_CBOR) != ContentFormat.ACE_CBOR) {
            return Optional.of(Refusal.CONTENT_FORMAT_UNSUPPORTED);
        }
        boolean acceptable = request.accept().orElse(ContentFormat.ACE_CBOR) == ContentFormat.ACE_CBOR;
        return acceptable ? Optional.empty() : Optional.of(Refusal.ACCEPT_UNSUPPORTED);
    }

    private DeviceResponse answer(DeviceRequest request) {
        try {
            byte[] token = IntrospectionRequest.decode(request.payload(), MAX_REQUEST_BYTES)
                    .token();
            return created(introspection.answer(request.device().id(), TokenHash.of(token)));
        } catch (AceFormatException e) {
            return AceErrors.refused(Refusal.GRANT_MALFORMED, AceError.INVALID_REQUEST);
        }
    }

    /** What holds now may be revoked in a moment: nobody keeps it. */
    private static DeviceResponse created(IntrospectionResponse response) {
        ResponseOptions options = ResponseOptions.NONE
                .withContentFormat(OptionalInt.of(ContentFormat.ACE_CBOR))
                .withMaxAge(Optional.of(Duration.ZERO));
        return DeviceResponse.of(CoapCode.CREATED, options, response.encode());
    }
}
