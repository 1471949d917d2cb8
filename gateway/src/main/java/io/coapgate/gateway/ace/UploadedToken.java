package io.coapgate.gateway.ace;

import io.coapgate.crypto.ace.AccessTokenUpload;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.RemainingLifetime;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;

/** What uploads have in common, on a session and before it. */
final class UploadedToken {
    private UploadedToken() {}

    /** The token in an upload, RFC 9200 §5.10.1. */
    static byte[] in(byte[] payload, OptionalInt contentFormat, int maxBytes) throws RefusedUploadException {
        return switch (contentFormat.orElse(ContentFormat.CWT)) {
            case ContentFormat.CWT -> payload;
            case ContentFormat.ACE_CBOR -> decoded(payload, maxBytes);
            default -> throw new RefusedUploadException(Refusal.CONTENT_FORMAT_UNSUPPORTED);
        };
    }

    private static byte[] decoded(byte[] payload, int maxBytes) throws RefusedUploadException {
        try {
            return AccessTokenUpload.decode(payload, maxBytes).accessToken();
        } catch (AceFormatException e) {
            throw new RefusedUploadException(Refusal.TOKEN_MALFORMED);
        }
    }

    /** 2.01; for a client that accepts application/ace+cbor with what remains of the token's life, as it may have no clock. */
    static DeviceResponse accepted(VerifiedCwt token, OptionalInt accept, Instant now) {
        if (accept.isEmpty() || accept.getAsInt() != ContentFormat.ACE_CBOR) {
            return DeviceResponse.of(CoapCode.CREATED);
        }
        return DeviceResponse.of(
                CoapCode.CREATED,
                ResponseOptions.NONE.withContentFormat(OptionalInt.of(ContentFormat.ACE_CBOR)),
                RemainingLifetime.encode(Duration.between(now, token.expiresAt())));
    }

    /** @throws CompletionException if it is a fault of the gateway's own */
    static Refusal reasonOf(Throwable failure) {
        Throwable cause = Causes.of(failure);
        if (cause instanceof TokenRefusedException refused) {
            return refused.reason();
        }
        throw new CompletionException(cause);
    }

    /** Refused before the token was looked at. */
    static final class RefusedUploadException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal reason;

        private RefusedUploadException(Refusal reason) {
            super(reason.code(), null, false, false);
            this.reason = reason;
        }

        Refusal reason() {
            return reason;
        }
    }
}
