package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;

import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.SecretBytes;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a client posts to the token endpoint, content format 19 (RFC 9200 §5.8.1, RFC 9201 §3.1). Immutable.
 *
 * <p>What it asks for is neither checked nor granted by its being here.
 */
public final class AccessTokenRequest {

    private final int grantType;
    private final @Nullable String clientId;
    private final @Nullable SecretBytes clientSecret;
    private final @Nullable String audience;
    private final @Nullable AceScope scope;
    private final @Nullable Confirmation requestedKey;
    private final boolean asksForProfile;
    private final @Nullable Integer profile;
    private final byte @Nullable [] cnonce;

    private AccessTokenRequest(Builder builder) {
        this.grantType = builder.grantType;
        this.clientId = builder.clientId;
        this.clientSecret = builder.clientSecret;
        this.audience = builder.audience;
        this.scope = builder.scope;
        this.requestedKey = builder.requestedKey;
        this.asksForProfile = builder.asksForProfile;
        this.profile = builder.profile;
        this.cnonce = builder.cnonce;
    }

    /** A request of client credentials for nothing in particular, yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Decodes at most {@code maxBytes}; parameters that are not known are passed over (RFC 6749 §3.2). */
    public static AccessTokenRequest decode(byte[] encoded, int maxBytes) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, maxBytes);
        Builder builder = builder();
        map.integer(AceParameter.GRANT_TYPE).ifPresent(builder::grantType);
        map.text(AceParameter.CLIENT_ID).ifPresent(builder::clientId);
        map.secret(AceParameter.CLIENT_SECRET).ifPresent(builder::clientSecret);
        map.text(AceParameter.AUDIENCE).ifPresent(builder::audience);
        map.scope(AceParameter.SCOPE).ifPresent(builder::scope);
        map.confirmation(AceParameter.REQ_CNF).ifPresent(builder::requestedKey);
        if (map.isNull(AceParameter.ACE_PROFILE)) {
            builder.askForProfile();
        } else {
            map.integer(AceParameter.ACE_PROFILE).ifPresent(builder::profile);
        }
        Optional<byte[]> nonce = map.bytes(AceParameter.CNONCE);
        if (nonce.isPresent() && !CwtClaims.isNonce(nonce.get())) {
            throw new AceFormatException(INVALID_PARAMETER, "a cnonce that is not 1 to 64 bytes");
        }
        nonce.ifPresent(builder::cnonce);
        return builder.build();
    }

    public byte[] encode() {
        AceMap map = new AceMap();
        if (grantType != GrantType.CLIENT_CREDENTIALS) {
            map.put(AceParameter.GRANT_TYPE, grantType);
        }
        clientId().ifPresent(id -> map.put(AceParameter.CLIENT_ID, id));
        clientSecret().ifPresent(secret -> map.put(AceParameter.CLIENT_SECRET, secret.expose()));
        audience().ifPresent(aud -> map.put(AceParameter.AUDIENCE, aud));
        scope().ifPresent(asked -> map.put(AceParameter.SCOPE, asked));
        requestedKey().ifPresent(key -> map.put(AceParameter.REQ_CNF, key.toCbor()));
        if (asksForProfile) {
            map.putNull(AceParameter.ACE_PROFILE);
        }
        profile().ifPresent(id -> map.put(AceParameter.ACE_PROFILE, id));
        cnonce().ifPresent(nonce -> map.put(AceParameter.CNONCE, nonce));
        return map.encode();
    }

    /** {@code grant_type}; client credentials if the request does not say (RFC 9200 §5.8.1). */
    public int grantType() {
        return grantType;
    }

    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    public Optional<SecretBytes> clientSecret() {
        return Optional.ofNullable(clientSecret);
    }

    /** {@code audience}: whom the token is to be for. */
    public Optional<String> audience() {
        return Optional.ofNullable(audience);
    }

    public Optional<AceScope> scope() {
        return Optional.ofNullable(scope);
    }

    /** {@code req_cnf}: the key that the client wants the token bound to. */
    public Optional<Confirmation> requestedKey() {
        return Optional.ofNullable(requestedKey);
    }

    /** Whether {@code ace_profile} is null, which asks the server to name the profile (RFC 9200 §5.8.4.3). */
    public boolean asksForProfile() {
        return asksForProfile;
    }

    /** {@code ace_profile}, if the request names one. */
    public OptionalInt profile() {
        return profile == null ? OptionalInt.empty() : OptionalInt.of(profile);
    }

    /** {@code cnonce}: of the resource server, to be copied into the token (RFC 9200 §5.8.4.4); a copy. */
    public Optional<byte[]> cnonce() {
        return Optional.ofNullable(cnonce).map(byte[]::clone);
    }

    @Override
    public String toString() {
        return "AccessTokenRequest[grant_type=" + grantType + ", audience=" + audience + ", scope=" + scope + "]";
    }

    /** Collects parameters; not for use by several threads. */
    public static final class Builder {

        private int grantType = GrantType.CLIENT_CREDENTIALS;
        private @Nullable String clientId;
        private @Nullable SecretBytes clientSecret;
        private @Nullable String audience;
        private @Nullable AceScope scope;
        private @Nullable Confirmation requestedKey;
        private boolean asksForProfile;
        private @Nullable Integer profile;
        private byte @Nullable [] cnonce;

        private Builder() {}

        public Builder grantType(int type) {
            this.grantType = type;
            return this;
        }

        public Builder clientId(String id) {
            this.clientId = Objects.requireNonNull(id, "id");
            return this;
        }

        public Builder clientSecret(SecretBytes secret) {
            this.clientSecret = Objects.requireNonNull(secret, "secret");
            return this;
        }

        public Builder audience(String aud) {
            this.audience = Objects.requireNonNull(aud, "aud");
            return this;
        }

        public Builder scope(AceScope asked) {
            this.scope = Objects.requireNonNull(asked, "asked");
            return this;
        }

        public Builder requestedKey(Confirmation key) {
            this.requestedKey = Objects.requireNonNull(key, "key");
            return this;
        }

        /** Wants to be told the profile, and names none. */
        public Builder askForProfile() {
            this.asksForProfile = true;
            this.profile = null;
            return this;
        }

        public Builder profile(int id) {
            this.profile = id;
            this.asksForProfile = false;
            return this;
        }

        public Builder cnonce(byte[] nonce) {
            if (!CwtClaims.isNonce(nonce)) {
                throw new IllegalArgumentException("a cnonce has 1 to 64 bytes, not " + nonce.length);
            }
            this.cnonce = nonce.clone();
            return this;
        }

        public AccessTokenRequest build() {
            return new AccessTokenRequest(this);
        }
    }
}
