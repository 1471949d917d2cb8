package io.coapgate.gateway.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PKITLSClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.oauth.ClientSettings.SecretMethod;
import io.coapgate.gateway.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;

/** Authenticates the client of a token request. Thread-safe. */
final class ClientAuthenticator {
    private final ClientSettings settings;
    private final Assertions assertions;

    ClientAuthenticator(ClientSettings settings, Assertions assertions) {
        this.settings = settings;
        this.assertions = assertions;
    }

    /** @throws FailedAsk if the device has no client in the registry */
    ClientAuthentication authentication(Ask ask, Endpoint endpoint) throws FailedAsk, ParseException {
        if (settings instanceof ClientSettings.WithKey key) {
            return new PrivateKeyJWT(SignedJWT.parse(assertions.ofClient(key.id(), key.key(), endpoint.audience())));
        }
        if (settings instanceof ClientSettings.OfDevice device) {
            OAuthClient client = ask.subject()
                    .flatMap(Ask.Subject::client)
                    .orElseThrow(() -> new FailedAsk(Failure.ofOne(
                            Refusal.TOKEN_EXCHANGE_FAILED, "the registry has no oauth client for this device")));
            return withSecret(client, device.method());
        }
        if (settings instanceof ClientSettings.WithSecret secret) {
            return withSecret(secret.client(), secret.method());
        }
        // RFC 8705 §2: the id alone is said; our connection authenticates, no socket factory of the library's
        ClientID id = new ClientID(((ClientSettings.WithCertificate) settings).id());
        return new PKITLSClientAuthentication(id, (SSLSocketFactory) null);
    }

    private static ClientAuthentication withSecret(OAuthClient client, SecretMethod method) {
        byte[] bytes = client.secret().expose();
        try {
            ClientID id = new ClientID(client.id());
            Secret secret = new Secret(new String(bytes, StandardCharsets.UTF_8));
            return method == SecretMethod.BASIC ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
