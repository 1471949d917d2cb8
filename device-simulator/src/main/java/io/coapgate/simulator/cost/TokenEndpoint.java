package io.coapgate.simulator.cost;

import io.coapgate.crypto.ace.AccessTokenRequest;
import io.coapgate.crypto.ace.AccessTokenResponse;
import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.simulator.device.Answer;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.PskSuite;
import io.coapgate.simulator.device.SimulatedDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The gateway's {@code /token}, as devices use it in the session that authenticates them (RFC 9200 §5.8). */
final class TokenEndpoint {
    private static final String PATH = "/token";
    private static final int ACE_CBOR = 19;
    private static final int MAX_TOKEN_BYTES = 4096;

    private TokenEndpoint() {}

    /** A token for the key of the session, which a pre-shared one is asked for by its name. */
    static byte[] tokenForSession(SimulatedDevice device, Credential credential)
            throws IOException, InterruptedException {
        AccessTokenRequest.Builder request = AccessTokenRequest.builder();
        if (credential instanceof Credential.PreSharedKey psk) {
            request.requestedKey(Confirmation.of(KeyId.of(psk.identity().getBytes(StandardCharsets.UTF_8))));
        }
        return fetch(device, request.build()).accessToken();
    }

    /** A token with a new key, for handshakes to come. */
    static Credential.AccessToken tokenForHandshake(SimulatedDevice device, PskSuite suite)
            throws IOException, InterruptedException {
        AccessTokenResponse response =
                fetch(device, AccessTokenRequest.builder().build());
        SecretBytes secret = response.key()
                .filter(Confirmation.OfKey.class::isInstance)
                .map(cnf -> ((Confirmation.OfKey) cnf).key())
                .flatMap(CoseKey::secret)
                .orElseThrow(() -> new IOException(PATH + " gave no symmetric key"));
        return new Credential.AccessToken(response.accessToken(), secret, suite);
    }

    private static AccessTokenResponse fetch(SimulatedDevice device, AccessTokenRequest request)
            throws IOException, InterruptedException {
        Answer answer = Answers.success(device.request(DeviceRequest.post(PATH, request.encode(), ACE_CBOR)));
        try {
            return AccessTokenResponse.decode(answer.payload(), MAX_TOKEN_BYTES);
        } catch (AceFormatException e) {
            throw new IOException("the answer of " + PATH + " can't be understood", e);
        }
    }
}
