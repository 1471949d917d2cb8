package io.coapgate.gateway.token;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.PskIdentity;
import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.device.DeviceAuthenticator;
import io.coapgate.gateway.device.DeviceCredential;
import io.coapgate.gateway.device.SessionKey;
import io.coapgate.gateway.device.Tenant;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Handshakes by access token, the DTLS profile of RFC 9202: a token is uploaded before its client's handshake, or comes in
 * the handshake's {@code psk_identity}, and its key is then as good as an enrolled one for as long as the token is valid.
 * Thread-safe.
 */
public final class TokenHandshakes {
    /** Of tokens that come in handshakes: no other signature has to wait for more. */
    private static final int MAX_VERIFIED_AT_ONCE = 256;

    private final TokenIntake intake;
    private final TokenAdmission admission;
    private final HandshakeSettings settings;
    private final WaitingTokens waiting;
    private final NewestTokens newest;
    private final TokenKeys keys;
    private final DeviceAuthenticator authenticator;
    private final Consumer<Instant> ends;
    private final Semaphore verifications = new Semaphore(MAX_VERIFIED_AT_ONCE);

    /**
     * @param intake judges the tokens, on threads of its own
     * @param ends hears when a session that a token established will end
     */
    public TokenHandshakes(
            TokenIntake intake,
            HandshakeSettings settings,
            DeviceAuthenticator authenticator,
            Clock clock,
            Consumer<Instant> ends) {
        this.intake = intake;
        this.admission = intake.admission();
        this.settings = settings;
        this.waiting = new WaitingTokens(settings, admission.order(), clock);
        this.newest = new NewestTokens(admission, waiting);
        this.keys = new TokenKeys(admission.issuers(), waiting, settings.derivationKeys());
        this.authenticator = authenticator;
        this.ends = ends;
    }

    /**
     * Keeps a token for its client's handshake, and for the sessions that stand on the same key already.
     *
     * @param source the address that it came from, whose uploads are counted
     * @return completed exceptionally with {@link TokenRefusedException} and the first reason to refuse it
     */
    public CompletionStage<VerifiedCwt> upload(String source, byte[] token) {
        return intake.judge(() -> await(source, token));
    }

    private VerifiedCwt await(String source, byte[] token) throws TokenRefusedException {
        WaitingToken verified = judge(token);
        for (AuthenticatedDevice device : waiting.put(verified, source)) {
            newest.extend(device, verified);
        }
        return verified.token();
    }

    /**
     * For a {@code psk_identity} that is not enrolled: the name of a waiting token's key (RFC 9202 §3.3.2) or the token
     * itself. Whatever it contains, the answer is an {@link Authentication}.
     */
    public CompletionStage<Authentication> byPskIdentity(byte[] identity) {
        Optional<KeyId> name = keyNamedBy(identity);
        if (name.isPresent()) {
            return waiting.find(name.get())
                    .map(this::authenticate)
                    .orElseGet(() -> refused(Refusal.CREDENTIAL_UNKNOWN));
        }
        return mayBeToken(identity) ? verify(identity) : refused(Refusal.CREDENTIAL_UNKNOWN);
    }

    /** For a raw public key that is not enrolled. */
    public CompletionStage<Authentication> byPublicKey(PublicKey key) {
        SessionKey.Asymmetric own = SessionKey.Asymmetric.of(key);
        return TokenBinding.nameOf(own)
                .flatMap(waiting::find)
                .filter(token -> token.key().filter(own::equals).isPresent())
                .map(this::authenticate)
                .orElseGet(() -> refused(Refusal.CREDENTIAL_UNKNOWN));
    }

    /**
     * The handshake is complete: the session gets the token that it was made with, or one that waited for its key.
     *
     * @return why there must be no session, if its token has come to nothing during the handshake
     */
    public Optional<Refusal> established(AuthenticatedDevice device) {
        if (device.credential() instanceof DeviceCredential.AccessToken token) {
            return token.term() instanceof TokenTerm term ? established(device, term) : Optional.empty();
        }
        TokenBinding.nameOf(device.sessionKey())
                .flatMap(waiting::find)
                .filter(token -> TokenAdmission.isFor(device, token) && isBoundTo(token, device))
                .ifPresent(token -> newest.begin(device, token)); // an enrolled device has a session without one, too
        return Optional.empty();
    }

    private Optional<Refusal> established(AuthenticatedDevice device, TokenTerm term) {
        if (term.begin()) {
            return newest.begin(device, term.first());
        }
        return admission.holdsToken(device) ? Optional.empty() : Optional.of(Refusal.TOKEN_MISSING); // resumed
    }

    /** What to call a {@code psk_identity} in a log, where no token may appear. */
    public static Optional<String> nameOf(byte[] identity) {
        return keyNamedBy(identity).map(name -> "kid:" + name);
    }

    /** An estimate, for metrics. */
    public int waiting() {
        return waiting.size();
    }

    private static Optional<KeyId> keyNamedBy(byte[] identity) {
        try {
            return Optional.of(PskIdentity.decode(identity));
        } catch (AceFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isBoundTo(WaitingToken token, AuthenticatedDevice device) {
        return token.token()
                .confirmation()
                .filter(confirmation -> TokenBinding.names(confirmation, device.sessionKey()))
                .isPresent();
    }

    private CompletionStage<Authentication> verify(byte[] token) {
        if (!verifications.tryAcquire()) {
            return refused(Refusal.GATEWAY_BUSY);
        }
        return intake.judge(() -> judgeInHandshake(token))
                .whenComplete((good, failure) -> verifications.release())
                .<CompletionStage<Authentication>>handle(
                        (good, failure) -> good == null ? refused(reasonOf(failure)) : authenticate(good))
                .thenCompose(answer -> answer);
    }

    private WaitingToken judge(byte[] bytes) throws TokenRefusedException {
        return keys.of(admission.judge(bytes), bytes);
    }

    private WaitingToken judgeInHandshake(byte[] bytes) throws TokenRefusedException {
        WaitingToken token = judge(bytes);
        waiting.requireSameKey(token);
        return token;
    }

    /** An enrolled identity begins otherwise. */
    private boolean mayBeToken(byte[] identity) {
        return identity.length <= admission.maxTokenBytes() && CwtTags.begin(identity);
    }

    private static Refusal reasonOf(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof TokenRefusedException refused ? refused.reason() : Refusal.INTERNAL_ERROR;
    }

    private CompletionStage<Authentication> authenticate(WaitingToken token) {
        if (token.key().isEmpty()) {
            return refused(Refusal.CREDENTIAL_UNKNOWN);
        }
        Optional<Refusal> fallen = admission.fallen(token.token());
        if (fallen.isPresent()) {
            return refused(fallen.get());
        }
        String issuer = token.token().issuer();
        DeviceCredential.AccessToken credential = new DeviceCredential.AccessToken(issuer, new TokenTerm(token, ends));
        Optional<Tenant> ownDevices = Optional.ofNullable(settings.ownDevices().get(issuer));
        return authenticator
                .byAccessToken(
                        credential, token.subject(), ownDevices, token.key().get())
                .thenApply(TokenHandshakes::told);
    }

    /** What is wrong is the token's subject or time, not a credential. */
    private static Authentication told(Authentication answer) {
        if (answer instanceof Authentication.Refused refused) {
            return switch (refused.reason()) {
                case CREDENTIAL_UNKNOWN -> new Authentication.Refused(Refusal.TOKEN_SUBJECT);
                case CREDENTIAL_EXPIRED -> new Authentication.Refused(Refusal.TOKEN_EXPIRED);
                default -> answer;
            };
        }
        return answer;
    }

    private static CompletionStage<Authentication> refused(Refusal reason) {
        return completedFuture(new Authentication.Refused(reason));
    }
}
