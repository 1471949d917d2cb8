package io.coapgate.crypto.jose;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the secret members of keys out of what is shown to people. */
final class JwkSecrets {
    private static final String WITHHELD = "«secret, not shown»";
    private static final int MIN_SECRET_BYTES = 16;

    private JwkSecrets() {}

    /** The object without the secret members of whatever in it has a {@code kty}, or is called {@code jwk}. */
    static Map<String, Object> withhold(Map<String, ?> object) {
        return withhold(object, false);
    }

    /** A public key's; or a symmetric one's, unless it is so short that it could be guessed from its thumbprint. */
    static Optional<Thumbprint> thumbprint(Map<String, ?> jwk) {
        try {
            if (Json.string(jwk, "kty").filter("oct"::equals).isPresent()) {
                byte[] k = JwkMembers.bytes(jwk, "k");
                Map<String, String> required = new LinkedHashMap<>();
                required.put("k", JwkMembers.text(jwk, "k"));
                required.put("kty", "oct");
                return k.length < MIN_SECRET_BYTES
                        ? Optional.empty()
                        : Optional.of(Thumbprint.ofContent(Json.write(required).getBytes(StandardCharsets.UTF_8)));
            }
            return Optional.of(PublicJwk.of(JwkMembers.publicKey(jwk)).thumbprint());
        } catch (KeyFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> withhold(Map<String, ?> object, boolean isKey) {
        boolean hasSecrets = isKey || object.containsKey("kty");
        Map<String, Object> shown = new LinkedHashMap<>();
        object.forEach((name, value) -> {
            boolean secret = hasSecrets && JwkMembers.holdSecret(Map.of(name, value));
            shown.put(name, secret ? WITHHELD : value(value, name.equals("jwk")));
        });
        return shown;
    }

    private static Object value(Object value, boolean isKey) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(String.valueOf(name), member));
            return withhold(members, isKey);
        }
        return value instanceof List<?> elements
                ? elements.stream().map(element -> value(element, isKey)).toList()
                : value;
    }
}
