package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.ace.AccessTokenUpload;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenIntake;
import io.coapgate.gateway.token.TokenRefusedException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /authz-info}: a device uploads its access token, RFC 9200 §5.10.1, as application/cwt (61) or in the
 * {@code access_token} of application/ace+cbor (19). Answers 2.01 once the token is bound to the session.
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
            return intake.admit(request.device(), tokenOf(request))
                    .handle((token, failure) -> token == null ? refused(request, failure) : accepted(request, token));
        } catch (AceFormatException e) {
            return completedFuture(refused(request, Refusal.TOKEN_MALFORMED));
        } catch (UnsupportedFormatException e) {
            return completedFuture(Refusals.response(Refusal.CONTENT_FORMAT_UNSUPPORTED));
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
        return DeviceResponse.of(CoapCode.CREATED);
    }

    private DeviceResponse refused(DeviceRequest request, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TokenRefusedException refused) {
            return refused(request, refused.reason());
        }
        throw new CompletionException(cause); // a fault of the gateway's own
    }

    private byte[] tokenOf(DeviceRequest request) throws AceFormatException, UnsupportedFormatException {
        return switch (request.contentFormat().orElse(ContentFormat.CWT)) {
            case ContentFormat.CWT -> request.payload();
            case ContentFormat.ACE_CBOR ->
                AccessTokenUpload.decode(request.payload(), maxTokenBytes).accessToken();
            default -> throw new UnsupportedFormatException();
        };
    }

    private DeviceResponse refused(DeviceRequest request, Refusal reason) {
        if (reason != Refusal.GATEWAY_BUSY) { // which says nothing of the token
            listener.tokenRefused(request.device().id(), reason);
        }
        return Refusals.response(reason);
    }

    private static final class UnsupportedFormatException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
