package io.coapgate.gateway.config;

import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.gateway.device.OAuthClient;
import io.coapgate.gateway.oauth.ClientSettings;
import io.coapgate.gateway.oauth.ClientSettings.SecretMethod;
import java.util.List;
import java.util.Optional;

/** The {@code client} of a token exchange, and the {@code oauth} section of a device. */
final class OAuthClientReader {
    private static final List<String> OWN = List.of("id", "secret", "private-key", "key-id", "certificate");

    private final AssertionKeyReader keys;
    private final SecretReader secrets;

    OAuthClientReader(NamedFiles files, SecretReader secrets) {
        this.keys = new AssertionKeyReader(files);
        this.secrets = secrets;
    }

    /**
     * Empty after reporting a problem.
     *
     * @param exchange the section of the token exchange
     */
    Optional<ClientSettings> read(Section exchange) {
        Section client = exchange.section("client");
        String authentication = client.text("authentication");
        boolean withSecret = authentication.startsWith("client_secret");
        SecretMethod method = authentication.equals("client_secret_post") ? SecretMethod.POST : SecretMethod.BASIC;
        if (client.text("of").equals("device")) {
            checkOfDevice(client, withSecret);
            return Optional.of(new ClientSettings.OfDevice(method));
        }
        require(client, "id", "coapgate");
        if (withSecret) {
            only(client, authentication, List.of("id", "secret"));
            require(client, "secret", "file:secrets/idp.secret");
            return secret(client, "id", "secret").map(own -> new ClientSettings.WithSecret(own, method));
        }
        if (authentication.equals("private_key_jwt")) {
            only(client, authentication, List.of("id", "private-key", "key-id", "certificate"));
            require(client, "private-key", "keys/idp-client.pem");
            return keys.read(client).map(key -> new ClientSettings.WithKey(client.text("id"), key));
        }
        only(client, authentication, List.of("id"));
        if (!exchange.has("tls") || !exchange.section("tls").has("certificate")) {
            String message = "tls_client_auth shows the certificate of the connection, and there is none";
            client.problem(
                    "authentication", message, "name tls.certificate and tls.private-key of this token exchange");
        }
        return client.isSound() ? Optional.of(new ClientSettings.WithCertificate(client.text("id"))) : Optional.empty();
    }

    /** Id and secret under these keys; empty if they are not there, or after reporting a problem. */
    Optional<OAuthClient> secret(Section section, String idKey, String secretKey) {
        if (!section.has(idKey) || !section.has(secretKey)) {
            return Optional.empty();
        }
        Optional<SecretBytes> secret = secrets.secret(section, secretKey);
        if (secret.isPresent() && !isPrintable(secret.get())) {
            String message = "has characters that no client secret has (RFC 6749 appendix A.2)";
            section.problem(secretKey, message, "copy it again: printable ASCII, no line break in it");
            return Optional.empty();
        }
        return secret.map(bytes -> new OAuthClient(section.text(idKey), bytes));
    }

    private static boolean isPrintable(SecretBytes secret) {
        byte[] bytes = secret.expose();
        boolean printable = true;
        for (int i = 0; i < bytes.length; i++) {
            printable &= bytes[i] >= ' ' && bytes[i] < 0x7f;
            bytes[i] = 0;
        }
        return printable;
    }

    private static void checkOfDevice(Section client, boolean withSecret) {
        if (!withSecret) {
            String message = "devices have a secret each, no key";
            client.problem("authentication", message, "write client_secret_basic or client_secret_post");
        }
        for (String key : OWN) {
            if (client.has(key)) {
                client.problem(key, "goes with of: gateway", "take it out; devices.yaml has it under oauth");
            }
        }
    }

    private static void only(Section client, String authentication, List<String> used) {
        for (String key : OWN) {
            if (client.has(key) && !used.contains(key)) {
                client.problem(key, "is of no use with " + authentication, "take it out, or change authentication");
            }
        }
    }

    private static void require(Section client, String key, String example) {
        if (!client.has(key)) {
            client.problem(key, "this key is missing", "add, for example, " + key + ": " + example);
        }
    }
}
