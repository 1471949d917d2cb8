package io.coapgate.simulator.device;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import java.nio.charset.StandardCharsets;

/** How a device asks the gateway itself for a CWT, for all that it may do there (RFC 9200 §5.8). Stateless. */
final class TokenEndpoint {
    private static final String PATH = "/token";
    private static final int MAX_ANSWER_BYTES = 4096;

    private TokenEndpoint() {}

    /** A device with a pre-shared key names it, and so gets a token for the session that it has; any other key is known there. */
    static DeviceRequest request(Credential credential) {
        AccessTokenRequest.Builder request = AccessTokenRequest.builder();
        if (credential instanceof Credential.PreSharedKey psk) {
            request.requestedKey(Confirmation.of(KeyId.of(psk.identity().getBytes(StandardCharsets.UTF_8))));
        }
        return DeviceRequest.post(PATH, request.build().encode(), DeviceRequest.ACE);
    }

    /** @throws AceFormatException if the answer holds no token */
    static byte[] token(Answer granted) throws AceFormatException {
        return AccessTokenResponse.decode(granted.payload(), MAX_ANSWER_BYTES).accessToken();
    }
}
