package io.coapgate.gateway;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.authz.RouteTable;
import io.coapgate.gateway.config.ConfigException;
import io.coapgate.gateway.config.ConfigProblem;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.config.IssuingConfig;
import io.coapgate.gateway.config.NumbersFile;
import io.coapgate.gateway.config.PrivateFiles;
import io.coapgate.gateway.config.StateDirectory;
import io.coapgate.gateway.issuing.AuthorizationServer;
import io.coapgate.gateway.issuing.Introspection;
import io.coapgate.gateway.issuing.IssuanceListener;
import io.coapgate.gateway.issuing.IssuedTokens;
import io.coapgate.gateway.issuing.RevocationQueries;
import io.coapgate.gateway.issuing.RotatingKeyRing;
import io.coapgate.gateway.issuing.TokenJournal;
import io.coapgate.gateway.issuing.TokenPolicy;
import io.coapgate.gateway.token.TrustedIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's own authorization server, put together.
 *
 * @param ring its keys
 * @param tokens that are out
 * @param introspection of them
 * @param revocations among them, for those who ask
 * @param trusted how the gateway takes its tokens: as those of any other issuer
 */
record TokenIssuing(
        AuthorizationServer server,
        RotatingKeyRing ring,
        IssuedTokens tokens,
        Introspection introspection,
        RevocationQueries revocations,
        TrustedIssuer trusted) {

    /**
     * Empty if the configuration has none.
     *
     * @throws ConfigException if its keys can neither be read nor made
     */
    static Optional<TokenIssuing> of(
            GatewayConfig config,
            StateDirectory state,
            IssuerKeys keys,
            RouteTable routes,
            Clock clock,
            IssuanceListener listener)
            throws ConfigException {
        if (config.issuing().isEmpty()) {
            return Optional.empty();
        }
        IssuingConfig issuing = config.issuing().get();
        RotatingKeyRing ring = new RotatingKeyRing(keys::issuing);
        Path directory = config.stateDirectory();
        TokenJournal journal = journal(directory);
        long numbersFrom = journal.exists() ? clock.millis() : 0; // a change each millisecond there never was
        IssuedTokens tokens = issuedTokens(journal, directory, issuing, clock);
        AuthorizationServer server = new AuthorizationServer(
                numbered(issuing.policy(config.ownNames(), routes), directory),
                ring,
                state.secret("issuer-names"),
                clock,
                new SecureRandom(),
                IssuanceListener.all(List.of(tokens, listener)));
        Introspection introspection = new Introspection(tokens, issuing.readers(), issuing.issuer());
        TrustedIssuer trusted = new TrustedIssuer(issuing.issuer(), ring);
        RevocationQueries revocations = new RevocationQueries(tokens, issuing.readers(), numbersFrom);
        return Optional.of(new TokenIssuing(server, ring, tokens, introspection, revocations, trusted));
    }

    private static TokenPolicy numbered(TokenPolicy policy, Path directory) throws ConfigException {
        return policy.needsNumbers() ? policy.withNumbers(NumbersFile.open(directory, new SecureRandom())) : policy;
    }

    /** Whether a token is one of the gateway's own that has been revoked. */
    boolean isRevoked(VerifiedCwt token) {
        return token.issuer().equals(trusted.name())
                && token.claims().id().filter(tokens::isRevoked).isPresent();
    }

    private static TokenJournal journal(Path directory) throws ConfigException {
        try {
            PrivateFiles.createDirectory(directory);
            return TokenJournal.in(directory);
        } catch (IOException e) {
            throw problem(directory);
        }
    }

    private static IssuedTokens issuedTokens(TokenJournal journal, Path directory, IssuingConfig issuing, Clock clock)
            throws ConfigException {
        try {
            return IssuedTokens.open(journal, issuing.limits(), clock);
        } catch (IOException e) {
            throw problem(directory);
        }
    }

    private static ConfigException problem(Path directory) {
        String message = "the tokens that are issued can't be recorded there";
        String advice = "give the gateway's user a state directory that it may write";
        return new ConfigException(List.of(new ConfigProblem(directory.toString(), 0, 0, "", message, advice)));
    }
}
