package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.cwt.InvalidCwtException.Reason;
import io.coapgate.crypto.inspect.CwtInspection;
import io.coapgate.crypto.inspect.CwtRefusal;
import io.coapgate.crypto.inspect.CwtSignature;
import io.coapgate.crypto.inspect.CwtTrial;
import io.coapgate.gateway.token.TokenAdmission;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Collects why a gateway would refuse a CWT, and what can't be told without a session. */
final class CwtJudgement {
    private final CwtInspection seen;
    private final TokenPolicy policy;
    private final List<Report.Finding> findings = new ArrayList<>();
    private final List<String> notJudged = new ArrayList<>();
    private String signature = "not verified";

    private CwtJudgement(CwtInspection seen, TokenPolicy policy) {
        this.seen = seen;
        this.policy = policy;
    }

    static CwtJudgement of(byte[] token, CwtInspection seen, TokenPolicy policy) {
        CwtJudgement judgement = new CwtJudgement(seen, policy);
        judgement.policy(token);
        judgement.signature();
        if (seen.claimsSize() > 0) {
            AdmissionTrial.of(seen, policy)
                    .forEach((refusal, message) ->
                            judgement.findings.add(new Report.Finding(refusal.code(), "", message)));
            judgement.notJudged.add("whether the token is bound to the session that it arrives on");
        }
        return judgement;
    }

    List<Report.Finding> findings() {
        return List.copyOf(findings);
    }

    List<String> notJudged() {
        return List.copyOf(notJudged);
    }

    /** Whether the outermost signature is valid, in words. */
    String signatureText() {
        return signature;
    }

    private void policy(byte[] token) {
        new CwtTrial(policy.cwt(), Clock.fixed(policy.now(), ZoneOffset.UTC))
                .refusals(token, seen).stream()
                        .filter(refusal -> policy.judgesAudience() || refusal.reason() != Reason.WRONG_AUDIENCE)
                        .forEach(this::refuse);
        if (!policy.judgesAudience()) {
            notJudged.add("the audience: give --audience or --config");
        }
    }

    private void signature() {
        Optional<String> issuer = claim(CwtClaims::issuer);
        Optional<List<VerificationKey>> configured = issuer.flatMap(policy::configuredKeys);
        if (policy.config().isPresent() && issuer.isPresent() && configured.isEmpty() && !looksSelfIssued()) {
            refuse(new CwtRefusal(Reason.UNKNOWN_ISSUER, "no keys are known for the token's issuer"));
        }
        policy.key()
                .map(TokenKey::verificationKeys)
                .or(() -> configured)
                .filter(keys -> !seen.layers().isEmpty())
                .ifPresentOrElse(this::verify, () -> notJudged.add(missingKey()));
    }

    private String missingKey() {
        return looksSelfIssued()
                ? "the signature of what looks self-issued: give the key of the device's session by --key"
                : "the signature: give --key or --config";
    }

    private void verify(List<VerificationKey> keys) {
        try {
            Optional<CwtRefusal> refusal = CwtSignature.refusal(seen.layers().get(0), keys, policy.now());
            signature =
                    refusal.isEmpty() ? "valid" : "invalid: " + refusal.get().message();
            refusal.ifPresent(this::refuse);
        } catch (CoseException e) {
            signature = "not verified: " + e.getMessage();
        }
    }

    private boolean looksSelfIssued() {
        return AdmissionTrial.looksSelfIssued(seen, policy);
    }

    private <T> Optional<T> claim(Function<CwtClaims, Optional<T>> part) {
        return AdmissionTrial.claim(seen, part);
    }

    private void refuse(CwtRefusal refusal) {
        findings.add(new Report.Finding(
                TokenAdmission.refusalOf(refusal.reason()).code(),
                refusal.reason().name(),
                refusal.message()));
    }
}
