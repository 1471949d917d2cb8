package io.coapgate.crypto.cwt;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.StrictCbor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a CWT (RFC 8392 §3, RFC 8747, {@code scope} of RFC 9200 §5.8.1). Immutable.
 *
 * <p>By themselves claims are not trusted: {@link CwtVerifier} makes them so. Claims that are not known here are kept,
 * each as its encoded CBOR.
 */
public final class CwtClaims {

    /** The most bytes that a {@code cnonce} may have. */
    static final int MAX_CNONCE_BYTES = 64;

    private final @Nullable String issuer;
    private final @Nullable String subject;
    private final List<String> audience;
    private final @Nullable Instant expiresAt;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant notBefore;
    private final @Nullable Instant issuedAt;
    private final @Nullable CwtId id;
    private final @Nullable Confirmation confirmation;
    private final @Nullable String scope;
    private final byte @Nullable [] scopeBytes;
    private final byte @Nullable [] cnonce;
    private final Map<ClaimLabel, byte[]> others;

    private CwtClaims(Builder builder) {
        this.issuer = builder.issuer;
        this.subject = builder.subject;
        this.audience = List.copyOf(builder.audience);
        this.expiresAt = builder.expiresAt;
        this.expiresIn = builder.expiresIn;
        this.notBefore = builder.notBefore;
        this.issuedAt = builder.issuedAt;
        this.id = builder.id;
        this.confirmation = builder.confirmation;
        this.scope = builder.scope;
        this.scopeBytes = builder.scopeBytes;
        this.cnonce = builder.cnonce;
        this.others = new LinkedHashMap<>(builder.others);
    }

    /** No claims yet. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decodes the claims of a token's payload, of at most {@code maxBytes}.
     *
     * @throws InvalidCwtException {@code MALFORMED}, {@code TOO_LARGE} or {@code INVALID_CONFIRMATION}
     */
    public static CwtClaims decode(byte[] encoded, int maxBytes) throws InvalidCwtException {
        return ClaimsReader.read(encoded, maxBytes);
    }

    /** Encodes the claims, map keys in order; integers where times are whole seconds, one audience as a string. */
    public byte[] encode() {
        return StrictCbor.encode(ClaimsWriter.write(this));
    }

    /** These claims, to be changed. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.issuer = issuer;
        builder.subject = subject;
        builder.audience.addAll(audience);
        builder.expiresAt = expiresAt;
        builder.expiresIn = expiresIn;
        builder.notBefore = notBefore;
        builder.issuedAt = issuedAt;
        builder.id = id;
        builder.confirmation = confirmation;
        builder.scope = scope;
        builder.scopeBytes = scopeBytes;
        builder.cnonce = cnonce;
        builder.others.putAll(others);
        return builder;
    }

    /** {@code iss}, who made the token. */
    public Optional<String> issuer() {
        return Optional.ofNullable(issuer);
    }

    /** {@code sub}, whom the token speaks of. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** {@code aud}, whom the token is for; empty if it does not say. */
    public List<String> audience() {
        return audience;
    }

    /** {@code exp}: from this instant on the token is not valid. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    /** {@code exi}: how long the token is valid from when it arrives, for recipients without a clock (RFC 9200 §5.10.3). */
    public Optional<Duration> expiresIn() {
        return Optional.ofNullable(expiresIn);
    }

    /** {@code nbf}: before this instant the token is not valid. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** {@code iat}: when the token was made. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /** {@code cti}, the token's identifier. */
    public Optional<CwtId> id() {
        return Optional.ofNullable(id);
    }

    /** {@code cnf}, the key that the presenter must have. */
    public Optional<Confirmation> confirmation() {
        return Optional.ofNullable(confirmation);
    }

    /** {@code scope}, if it is text: space-separated scopes (RFC 9200 §5.8.1). */
    public Optional<String> scope() {
        return Optional.ofNullable(scope);
    }

    /** {@code scope}, if it is a byte string, whose meaning the profile defines (RFC 9200 §5.8.1); a copy. */
    public Optional<byte[]> scopeBytes() {
        return Optional.ofNullable(scopeBytes).map(byte[]::clone);
    }

    /** {@code cnonce}: of the recipient, which shows that the token is fresh (RFC 9200 §5.3.1); a copy. */
    public Optional<byte[]> cnonce() {
        return Optional.ofNullable(cnonce).map(byte[]::clone);
    }

    /** Whether these bytes can be a {@code cnonce}: 1 to 64 of them. */
    public static boolean isNonce(byte[] bytes) {
        return bytes.length >= 1 && bytes.length <= MAX_CNONCE_BYTES;
    }

    /** The labels of the claims that have no accessor here. */
    public Set<ClaimLabel> otherLabels() {
        return Set.copyOf(others.keySet());
    }

    /** The encoded CBOR value of a claim that has no accessor here; a copy. */
    public Optional<byte[]> other(ClaimLabel label) {
        return Optional.ofNullable(others.get(label)).map(byte[]::clone);
    }

    /** Who, for whom and until when; no scope, key or other claim, so that it is fit for logs. */
    @Override
    public String toString() {
        return "CwtClaims[iss=" + issuer + ", sub=" + subject + ", aud=" + audience + ", exp=" + expiresAt + ", cti="
                + id + "]";
    }

    /** Collects claims; not for use by several threads. Instants are cut to whole seconds. */
    public static final class Builder {

        private @Nullable String issuer;
        private @Nullable String subject;
        private final List<String> audience = new ArrayList<>();
        private @Nullable Instant expiresAt;
        private @Nullable Duration expiresIn;
        private @Nullable Instant notBefore;
        private @Nullable Instant issuedAt;
        private @Nullable CwtId id;
        private @Nullable Confirmation confirmation;
        private @Nullable String scope;
        private byte @Nullable [] scopeBytes;
        private byte @Nullable [] cnonce;
        private final Map<ClaimLabel, byte[]> others = new LinkedHashMap<>();

        private Builder() {}

        public Builder issuer(String iss) {
            this.issuer = requireName(iss);
            return this;
        }

        public Builder subject(String sub) {
            this.subject = requireName(sub);
            return this;
        }

        /** Adds one recipient. */
        public Builder audience(String aud) {
            this.audience.add(requireName(aud));
            return this;
        }

        /** Cut to whole seconds, so that a token never lives longer than it was meant to. */
        public Builder expiresAt(Instant exp) {
            return exactExpiresAt(exp.truncatedTo(ChronoUnit.SECONDS));
        }

        /** Whole seconds, not negative; only for recipients without a clock. */
        public Builder expiresIn(Duration exi) {
            if (exi.isNegative()) {
                throw new IllegalArgumentException("a token can't expire before it arrives");
            }
            this.expiresIn = exi.truncatedTo(ChronoUnit.SECONDS);
            return this;
        }

        public Builder notBefore(Instant nbf) {
            return exactNotBefore(nbf.truncatedTo(ChronoUnit.SECONDS));
        }

        public Builder issuedAt(Instant iat) {
            return exactIssuedAt(iat.truncatedTo(ChronoUnit.SECONDS));
        }

        public Builder id(CwtId cti) {
            this.id = Objects.requireNonNull(cti, "cti");
            return this;
        }

        public Builder confirmation(Confirmation cnf) {
            this.confirmation = Objects.requireNonNull(cnf, "cnf");
            return this;
        }

        /** Text scope; takes the place of a byte string. */
        public Builder scope(String text) {
            this.scope = Objects.requireNonNull(text, "text");
            this.scopeBytes = null;
            return this;
        }

        /** Of 1 to 64 bytes. */
        public Builder cnonce(byte[] nonce) {
            if (!isNonce(nonce)) {
                throw new IllegalArgumentException("a cnonce has 1 to 64 bytes, not " + nonce.length);
            }
            this.cnonce = nonce.clone();
            return this;
        }

        /** Byte string scope; takes the place of text. */
        public Builder scopeBytes(byte[] bytes) {
            this.scopeBytes = bytes.clone();
            this.scope = null;
            return this;
        }

        /**
         * Adds a claim that has no method of its own.
         *
         * @param value one item of CBOR, encoded as {@link StrictCbor} wants it
         * @throws IllegalArgumentException if it is not, or the claim has a method of its own
         */
        public Builder other(ClaimLabel label, byte[] value) {
            if (ClaimsReader.isKnown(label)) {
                throw new IllegalArgumentException("claim " + label + " has its own method");
            }
            try {
                StrictCbor.decode(value, StrictCbor.MAX_BYTES);
            } catch (CoseException e) {
                throw new IllegalArgumentException("claim " + label + " is not strict CBOR", e);
            }
            this.others.put(label, value.clone());
            return this;
        }

        public CwtClaims build() {
            return new CwtClaims(this);
        }

        Builder exactExpiresAt(Instant exp) {
            this.expiresAt = NumericDate.requireInRange(exp);
            return this;
        }

        Builder exactNotBefore(Instant nbf) {
            this.notBefore = NumericDate.requireInRange(nbf);
            return this;
        }

        Builder exactIssuedAt(Instant iat) {
            this.issuedAt = NumericDate.requireInRange(iat);
            return this;
        }

        private static String requireName(String name) {
            if (!ClaimsReader.isName(name)) {
                throw new IllegalArgumentException("a name in a token has 1 to 255 characters, none of them controls");
            }
            return name;
        }
    }
}
