package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.ace.UploadedToken.RefusedUploadException;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenIntake;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /authz-info}: a device uploads its access token, RFC 9200 §5.10.1, as application/cwt (61) or in the
 * {@code access_token} of application/ace+cbor (19). Answers 2.01 once the token is bound to the session;
 * for a client that accepts application/ace+cbor with {@code expires_in}, as it may have no clock.
 */
public final class AuthzInfo implements RequestHandler {
    public static final String PATH = "authz-info";

    private final TokenIntake intake;
    private final int maxTokenBytes;
    private final ExchangeListener listener;
    private final Clock clock;

    public AuthzInfo(TokenIntake intake, int maxTokenBytes, ExchangeListener listener, Clock clock) {
        this.intake = intake;
        this.maxTokenBytes = maxTokenBytes;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        Optional<Refusal> refusal = refusalBeforeParsing(request);
        if (refusal.isPresent()) {
            return completedFuture(Refusals.response(refusal.get()));
        }
        try {
            byte[] token = UploadedToken.in(request.payload(), request.contentFormat(), maxTokenBytes);
            return intake.admit(request.device(), token)
                    .handle((good, failure) ->
                            good == null ? refused(request, UploadedToken.reasonOf(failure)) : accepted(request, good));
        } catch (RefusedUploadException e) {
            return completedFuture(
                    e.reason() == Refusal.TOKEN_MALFORMED
                            ? refused(request, e.reason())
                            : Refusals.response(e.reason()));
        }
    }

    private Optional<Refusal> refusalBeforeParsing(DeviceRequest request) {
        if (request.method() != CoapMethod.POST) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        return request.device().standing(clock.instant());
    }

    private DeviceResponse accepted(DeviceRequest request, VerifiedCwt token) {
        listener.tokenAccepted(request.device().id(), token.issuer());
        return UploadedToken.accepted(token, request.accept(), clock.instant());
    }

    private DeviceResponse refused(DeviceRequest request, Refusal reason) {
        if (reason != Refusal.GATEWAY_BUSY) { // which says nothing of the token
            listener.tokenRefused(request.device().id(), reason);
        }
        return Refusals.response(reason);
    }
}
