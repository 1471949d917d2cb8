package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.inspect.CoseLayer;
import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.crypto.inspect.CwtRefusal;
import io.coapgate.crypto.inspect.CwtSignature;
import io.coapgate.crypto.inspect.CwtTrial;
import io.coapgate.crypto.inspect.DecryptionKeys;
import io.coapgate.gateway.token.CwtRefusals;
import io.coapgate.gateway.token.TrustedIssuer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Collects why a gateway would refuse a CWT, and what can't be told without a session. */
final class CwtJudgement {
    private final CwtInspection seen;
    private final TokenPolicy policy;
    private final Set<Report.Finding> findings = new LinkedHashSet<>();
    private final List<String> notJudged = new ArrayList<>();
    private String encryption = "";
    private String signature = "not verified";

    private CwtJudgement(CwtInspection seen, TokenPolicy policy) {
        this.seen = seen;
        this.policy = policy;
    }

    static CwtJudgement of(byte[] token, CwtInspection seen, TokenPolicy policy) {
        CwtJudgement judgement = new CwtJudgement(seen, policy);
        judgement.policy(token);
        judgement.encryption();
        judgement.signature();
        if (seen.claimsSize() > 0) {
            AdmissionTrial.of(seen, policy)
                    .forEach((refusal, message) ->
                            judgement.findings.add(new Report.Finding(refusal.code(), "", message)));
            if (AdmissionTrial.livesFromItsArrival(seen, policy)) {
                judgement.notJudged.add("whether the token, or one of a higher number, has come and ended before");
            }
            judgement.notJudged.add("whether the token is bound to the session that it arrives on");
        }
        return judgement;
    }

    Report report(String kind, List<Report.Section> sections) {
        return new Report(kind, List.copyOf(findings), notJudged, encryption, signature, sections);
    }

    private void policy(byte[] token) {
        new CwtTrial(policy.cwtOf(claim(CwtClaims::issuer)), Clock.fixed(policy.now(), ZoneOffset.UTC))
                .withDecryptionKeys(decryptionKeys()).refusals(token, seen).stream()
                        .filter(refusal -> policy.judgesAudience() || refusal.reason() != Reason.WRONG_AUDIENCE)
                        .forEach(this::refuse);
        if (!policy.judgesAudience()) {
            notJudged.add("the audience: give --audience or --config");
        }
    }

    private void encryption() {
        seen.decryption().ifPresent(tried -> {
            encryption = tried.obstacle().map("not decrypted: "::concat).orElse("decrypts");
            if (tried.lacksKey()) {
                notJudged.add("what is encrypted: give --key or --config");
            }
        });
        if (claim(CwtClaims::confirmation).orElse(null) instanceof Confirmation.OfEncryptedKey hidden
                && !decryptionKeys().tellOf(hidden.message().headers().algorithm())) {
            notJudged.add("the encrypted key in cnf: give --key or --config");
        }
    }

    private void signature() {
        Optional<String> issuer = claim(CwtClaims::issuer);
        Optional<TrustedIssuer> configured = issuer.flatMap(policy::configured);
        if (policy.config().isPresent() && issuer.isPresent() && configured.isEmpty() && !looksSelfIssued()) {
            refuse(new CwtRefusal(Reason.UNKNOWN_ISSUER, "no keys are known for the token's issuer"));
        }
        Optional<CoseLayer> signed = seen.authenticated();
        List<VerificationKey> keys = policy.verificationKeys(issuer.orElse(""));
        if (signed.isPresent() && (configured.isPresent() || help(signed.get(), keys))) {
            verify(signed.get(), keys);
        } else if (signed.isPresent() || seen.decryption().isEmpty()) {
            notJudged.add(missingKey());
        } else if (seen.claimsSize() > 0) {
            signature = issuer.isPresent() && !isRefused(Reason.UNKNOWN_KEY)
                    ? "none, the encryption vouches for the issuer"
                    : "none";
        }
    }

    private boolean isRefused(Reason reason) {
        return findings.stream().anyMatch(finding -> finding.reason().equals(reason.name()));
    }

    /** A key that was given to decrypt says nothing of a signature that it isn't for. */
    private boolean help(CoseLayer signed, List<VerificationKey> keys) {
        return seen.decryption().isPresent()
                ? keys.stream()
                        .anyMatch(key -> signed.algorithm()
                                .filter(key.algorithm()::equals)
                                .isPresent())
                : !keys.isEmpty();
    }

    private String missingKey() {
        return looksSelfIssued()
                ? "the signature of what looks self-issued: give the key of the device's session by --key"
                : "the signature: give --key or --config";
    }

    private void verify(CoseLayer signed, List<VerificationKey> keys) {
        try {
            Optional<CwtRefusal> refusal = CwtSignature.refusal(signed, keys, policy.now());
            signature =
                    refusal.isEmpty() ? "valid" : "invalid: " + refusal.get().message();
            refusal.ifPresent(this::refuse);
        } catch (CoseException e) {
            signature = "not verified: " + e.getMessage();
        }
    }

    private DecryptionKeys decryptionKeys() {
        return policy.decryptionKeys(claim(CwtClaims::issuer).orElse(""));
    }

    private boolean looksSelfIssued() {
        return AdmissionTrial.looksSelfIssued(seen, policy);
    }

    private <T> Optional<T> claim(Function<CwtClaims, Optional<T>> part) {
        return AdmissionTrial.claim(seen, part);
    }

    private void refuse(CwtRefusal refusal) {
        findings.add(new Report.Finding(
                CwtRefusals.of(refusal.reason()).code(), refusal.reason().name(), refusal.message()));
    }
}
