package io.coapgate.gateway.ace;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.ace.UploadedToken.RefusedUploadException;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ExchangeListener;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.TokenUpload;
import io.coapgate.gateway.exchange.UploadHandler;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenHandshakes;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /authz-info} before there is a session, over plain CoAP (RFC 9200 §5.10.1): 2.01 says that the token waits for
 * its client's handshake.
 */
public final class EarlyAuthzInfo implements UploadHandler {
    private final TokenHandshakes handshakes;
    private final int maxTokenBytes;
    private final ExchangeListener listener;
    private final Clock clock;

    public EarlyAuthzInfo(TokenHandshakes handshakes, int maxTokenBytes, ExchangeListener listener, Clock clock) {
        this.handshakes = handshakes;
        this.maxTokenBytes = maxTokenBytes;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(TokenUpload upload) {
        try {
            byte[] token = UploadedToken.in(upload.payload(), upload.contentFormat(), maxTokenBytes);
            return handshakes
                    .upload(upload.source(), token)
                    .handle((good, failure) ->
                            good == null ? refused(upload, UploadedToken.reasonOf(failure)) : accepted(upload, good));
        } catch (RefusedUploadException e) {
            return CompletableFuture.completedFuture(refused(upload, e.reason()));
        }
    }

    private DeviceResponse accepted(TokenUpload upload, VerifiedCwt token) {
        listener.tokenAccepted(new DeviceId(token.claims().subject().orElseThrow()), token.issuer());
        return UploadedToken.accepted(token, upload.accept(), clock.instant());
    }

    private DeviceResponse refused(TokenUpload upload, Refusal reason) {
        listener.uploadRefused(upload.peer(), reason);
        return Refusals.response(reason);
    }
}
