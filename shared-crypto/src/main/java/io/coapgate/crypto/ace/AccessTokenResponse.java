package io.coapgate.crypto.ace;

import static io.coapgate.crypto.ace.AceFormatException.Reason.INVALID_PARAMETER;
import static io.coapgate.crypto.ace.AceFormatException.Reason.MISSING_PARAMETER;

import io.coapgate.crypto.cwt.Confirmation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the token endpoint gives, content format 19 (RFC 9200 §5.8.2, RFC 9201 §3.2). Immutable. The token type is always
 * proof-of-possession, which is why it is never written (RFC 9200 §5.8.4.2).
 */
public final class AccessTokenResponse {

    private static final int POP = 2;

    private final byte[] accessToken;
    private final @Nullable Duration expiresIn;
    private final @Nullable AceScope scope;
    private final @Nullable Confirmation key;
    private final @Nullable Confirmation serverKey;
    private final @Nullable Integer profile;

    private AccessTokenResponse(Builder builder) {
        this.accessToken = builder.accessToken;
        this.expiresIn = builder.expiresIn;
        this.scope = builder.scope;
        this.key = builder.key;
        this.serverKey = builder.serverKey;
        this.profile = builder.profile;
    }

    /** A response with a copy of this token. */
    public static Builder builder(byte[] accessToken) {
        return new Builder(accessToken.clone());
    }

    /**
     * Decodes at most {@code maxBytes}; parameters that are not known are passed over.
     *
     * @throws AceFormatException {@code INVALID_PARAMETER} as well if the token is of another type
     */
    public static AccessTokenResponse decode(byte[] encoded, int maxBytes) throws AceFormatException {
        AceMap map = AceMap.decode(encoded, maxBytes);
        byte[] token = map.bytes(AceParameter.ACCESS_TOKEN)
                .orElseThrow(() -> new AceFormatException(MISSING_PARAMETER, "no access_token in the response"));
        if (map.integer(AceParameter.TOKEN_TYPE).orElse(POP) != POP) {
            throw new AceFormatException(INVALID_PARAMETER, "a token that wants no proof of possession");
        }
        Builder builder = new Builder(token);
        map.seconds(AceParameter.EXPIRES_IN).ifPresent(builder::expiresIn);
        map.scope(AceParameter.SCOPE).ifPresent(builder::scope);
        map.confirmation(AceParameter.CNF).ifPresent(builder::key);
        map.confirmation(AceParameter.RS_CNF).ifPresent(builder::serverKey);
        map.integer(AceParameter.ACE_PROFILE).ifPresent(builder::profile);
        return builder.build();
    }

    /** Encodes the response with all that it has, the client's symmetric key included if it names one. */
    public byte[] encode() {
        AceMap map = new AceMap().put(AceParameter.ACCESS_TOKEN, accessToken);
        expiresIn().ifPresent(remaining -> map.put(AceParameter.EXPIRES_IN, remaining));
        scope().ifPresent(granted -> map.put(AceParameter.SCOPE, granted));
        key().ifPresent(cnf -> map.put(AceParameter.CNF, cnf.toCbor()));
        serverKey().ifPresent(cnf -> map.put(AceParameter.RS_CNF, cnf.toCbor()));
        profile().ifPresent(id -> map.put(AceParameter.ACE_PROFILE, id));
        return map.encode();
    }

    /** A copy of the token. */
    public byte[] accessToken() {
        return accessToken.clone();
    }

    /** How long the token is valid from now on, in whole seconds. */
    public Optional<Duration> expiresIn() {
        return Optional.ofNullable(expiresIn);
    }

    /** What was granted; if it is absent, what was asked for. */
    public Optional<AceScope> scope() {
        return Optional.ofNullable(scope);
    }

    /** {@code cnf}: the key that the client must use; with its secret if the client does not have it yet. */
    public Optional<Confirmation> key() {
        return Optional.ofNullable(key);
    }

    /** {@code rs_cnf}: the public key with which the resource server will show who it is. */
    public Optional<Confirmation> serverKey() {
        return Optional.ofNullable(serverKey);
    }

    /** {@code ace_profile}: how client and resource server talk. */
    public OptionalInt profile() {
        return profile == null ? OptionalInt.empty() : OptionalInt.of(profile);
    }

    /** Neither token nor key, so that it is fit for logs. */
    @Override
    public String toString() {
        return "AccessTokenResponse[" + accessToken.length + " bytes, expires_in=" + expiresIn + "]";
    }

    /** Collects parameters; not for use by several threads. */
    public static final class Builder {

        private final byte[] accessToken;
        private @Nullable Duration expiresIn;
        private @Nullable AceScope scope;
        private @Nullable Confirmation key;
        private @Nullable Confirmation serverKey;
        private @Nullable Integer profile;

        private Builder(byte[] owned) {
            this.accessToken = owned;
        }

        /** Cut to whole seconds; not negative. */
        public Builder expiresIn(Duration remaining) {
            if (remaining.isNegative()) {
                throw new IllegalArgumentException("a token that is given out has not expired");
            }
            this.expiresIn = Duration.ofSeconds(remaining.toSeconds());
            return this;
        }

        public Builder scope(AceScope granted) {
            this.scope = Objects.requireNonNull(granted, "granted");
            return this;
        }

        public Builder key(Confirmation cnf) {
            this.key = Objects.requireNonNull(cnf, "cnf");
            return this;
        }

        public Builder serverKey(Confirmation cnf) {
            this.serverKey = Objects.requireNonNull(cnf, "cnf");
            return this;
        }

        public Builder profile(int id) {
            this.profile = id;
            return this;
        }

        public AccessTokenResponse build() {
            return new AccessTokenResponse(this);
        }
    }
}
