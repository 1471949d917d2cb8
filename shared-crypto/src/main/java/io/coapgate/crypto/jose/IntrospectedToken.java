package io.coapgate.crypto.jose;

import static io.coapgate.crypto.key.KeyFormatException.Reason.MALFORMED;
import static io.coapgate.crypto.key.KeyFormatException.Reason.TOO_LARGE;

import io.coapgate.crypto.key.KeyFormatException;
import io.coapgate.crypto.key.SecretBytes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorization server says of a token in JSON (RFC 7662 §2.2). A member of the wrong type is an error, one that is
 * not asked for is passed over. Immutable.
 */
public final class IntrospectedToken {
    /** Characters of the longest answer that is read. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** Far beyond any token's end, and still an instant. */
    private static final double MAX_SECONDS = 1e11;

    private final Map<String, Object> members;
    private final boolean active;

    private IntrospectedToken(Map<String, Object> members, boolean active) {
        this.members = members;
        this.active = active;
    }

    /** @throws KeyFormatException if it is no JSON object, or does not say whether the token is active */
    public static IntrospectedToken parse(String json) throws KeyFormatException {
        if (json.length() > MAX_LENGTH) {
            throw new KeyFormatException(TOO_LARGE, "longer than " + MAX_LENGTH + " characters");
        }
        Map<String, Object> members =
                Json.readObject(json, MAX_LENGTH).orElseThrow(() -> malformed("not a JSON object"));
        if (!(members.get("active") instanceof Boolean active)) {
            throw malformed("no word on whether the token is active");
        }
        return new IntrospectedToken(members, active);
    }

    public boolean isActive() {
        return active;
    }

    /** The text of a member; empty if it is not there. */
    public Optional<String> text(String name) throws KeyFormatException {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Json.string(members, name).orElseThrow(() -> malformed(name + " is not a text")));
    }

    /** The texts of a member that may be one text or a list of them, as {@code aud}. */
    public List<String> texts(String name) throws KeyFormatException {
        if (!(members.get(name) instanceof List<?> list)) {
            return text(name).stream().toList();
        }
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw malformed(name + " is not a list of texts");
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** The time of a member, in seconds since 1970; fractions are dropped. */
    public Optional<Instant> time(String name) throws KeyFormatException {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number) || Math.abs(number.doubleValue()) > MAX_SECONDS) {
            throw malformed(name + " is not a time");
        }
        return Optional.of(Instant.ofEpochSecond(number.longValue()));
    }

    /** The public key of {@code cnf} (RFC 7800 §3.2), if that names one. */
    public Optional<PublicKey> confirmationKey() throws KeyFormatException {
        Optional<Map<String, Object>> jwk = jwk().filter(key -> !isSymmetric(key));
        return jwk.isPresent() ? Optional.of(PublicJwk.of(jwk.get()).key()) : Optional.empty();
    }

    /** The symmetric key of {@code cnf}, if that holds one. */
    public Optional<SecretBytes> confirmationSecret() throws KeyFormatException {
        Optional<Map<String, Object>> jwk = jwk().filter(IntrospectedToken::isSymmetric);
        if (jwk.isEmpty()) {
            return Optional.empty();
        }
        byte[] secret = JwkMembers.bytes(jwk.get(), "k");
        if (secret.length == 0) {
            throw malformed("an empty symmetric key");
        }
        return Optional.of(SecretBytes.copyOf(secret));
    }

    /** The {@code kid} of {@code cnf} (RFC 7800 §3.4), if that is all it names. */
    public Optional<String> confirmationKeyId() throws KeyFormatException {
        Optional<Map<String, Object>> cnf = confirmation();
        return cnf.isPresent() && !cnf.get().containsKey("jwk") ? Json.string(cnf.get(), "kid") : Optional.empty();
    }

    private Optional<Map<String, Object>> jwk() throws KeyFormatException {
        Optional<Map<String, Object>> cnf = confirmation();
        return cnf.isPresent() ? object(cnf.get(), "jwk") : Optional.empty();
    }

    private Optional<Map<String, Object>> confirmation() throws KeyFormatException {
        return object(members, "cnf");
    }

    private static Optional<Map<String, Object>> object(Map<String, Object> in, String name) throws KeyFormatException {
        if (!in.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(Json.object(in, name).orElseThrow(() -> malformed(name + " is not an object")));
    }

    private static boolean isSymmetric(Map<String, Object> jwk) {
        return Json.string(jwk, "kty").filter("oct"::equals).isPresent();
    }

    private static KeyFormatException malformed(String message) {
        return new KeyFormatException(MALFORMED, message);
    }

    @Override
    public String toString() {
        return "IntrospectedToken[active=" + active + "]";
    }
}
