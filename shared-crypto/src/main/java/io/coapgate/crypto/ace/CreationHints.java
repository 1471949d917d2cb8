package io.coapgate.crypto.ace;

import io.coapgate.crypto.key.KeyId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AS Request Creation Hints, content format 19 (RFC 9200 §5.3): where to get a token, and what to ask for. Immutable.
 *
 * <p>They come unauthenticated from a client's view, which is why a client must not trust the AS in them blindly.
 */
public final class CreationHints {

    private static final int MAX_BYTES = 1024;

    private final @Nullable String authorizationServer;
    private final @Nullable KeyId keyId;
    private final @Nullable String audience;
    private final @Nullable String scope;
    private final byte @Nullable [] cnonce;

    private CreationHints(Builder builder) {
        this.authorizationServer = builder.authorizationServer;
        this.keyId = builder.keyId;
        this.audience = builder.audience;
        this.scope = builder.scope;
        this.cnonce = builder.cnonce;
    }

    /** No hints yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Decodes at most 1024 bytes; parameters that are not known are passed over. Of the two types that a scope may have, text is
     * the one understood. */
    public static CreationHints decode(byte[] encoded) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, MAX_BYTES);
        Builder builder = builder();
        map.text(AceParameter.HINT_AS).ifPresent(builder::authorizationServer);
        Optional<byte[]> kid = map.bytes(AceParameter.HINT_KID);
        if (kid.isPresent() && !KeyId.isValid(kid.get())) {
            throw new AceFormatException(
                    AceFormatException.Reason.INVALID_PARAMETER, "a kid that is not 1 to 64 bytes");
        }
        kid.map(KeyId::of).ifPresent(builder::keyId);
        map.text(AceParameter.AUDIENCE).ifPresent(builder::audience);
        map.text(AceParameter.SCOPE).ifPresent(builder::scope);
        map.bytes(AceParameter.CNONCE).ifPresent(builder::cnonce);
        return builder.build();
    }

    public byte[] encode() {
        AceMap map = new AceMap();
        authorizationServer().ifPresent(uri -> map.put(AceParameter.HINT_AS, uri));
        keyId().ifPresent(kid -> map.put(AceParameter.HINT_KID, kid.bytes()));
        audience().ifPresent(aud -> map.put(AceParameter.AUDIENCE, aud));
        scope().ifPresent(text -> map.put(AceParameter.SCOPE, text));
        cnonce().ifPresent(nonce -> map.put(AceParameter.CNONCE, nonce));
        return map.encode();
    }

    /** {@code AS}: the absolute URI of the authorization server's token endpoint. */
    public Optional<String> authorizationServer() {
        return Optional.ofNullable(authorizationServer);
    }

    /** {@code kid}: the key to use for the token. */
    public Optional<KeyId> keyId() {
        return Optional.ofNullable(keyId);
    }

    public Optional<String> audience() {
        return Optional.ofNullable(audience);
    }

    public Optional<String> scope() {
        return Optional.ofNullable(scope);
    }

    /** {@code cnonce}: to be copied into the token, as proof of its freshness (RFC 9200 §5.3.1). */
    public Optional<byte[]> cnonce() {
        return Optional.ofNullable(cnonce).map(byte[]::clone);
    }

    @Override
    public String toString() {
        return "CreationHints[AS=" + authorizationServer + ", audience=" + audience + ", scope=" + scope + "]";
    }

    /** Collects hints; not for use by several threads. */
    public static final class Builder {

        private @Nullable String authorizationServer;
        private @Nullable KeyId keyId;
        private @Nullable String audience;
        private @Nullable String scope;
        private byte @Nullable [] cnonce;

        private Builder() {}

        public Builder authorizationServer(String uri) {
            this.authorizationServer = Objects.requireNonNull(uri, "uri");
            return this;
        }

        public Builder keyId(KeyId kid) {
            this.keyId = Objects.requireNonNull(kid, "kid");
            return this;
        }

        public Builder audience(String aud) {
            this.audience = Objects.requireNonNull(aud, "aud");
            return this;
        }

        public Builder scope(String text) {
            this.scope = Objects.requireNonNull(text, "text");
            return this;
        }

        public Builder cnonce(byte[] nonce) {
            this.cnonce = nonce.clone();
            return this;
        }

        public CreationHints build() {
            return new CreationHints(this);
        }
    }
}
