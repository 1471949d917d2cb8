package io.coapgate.crypto.cwt;

import com.upokecenter.cbor.CBORObject;
import java.time.Duration;

/** Writes claims as a map, each in its shortest form. */
final class ClaimsWriter {

    private final CBORObject map = CBORObject.NewMap();

    private ClaimsWriter() {}

    static CBORObject write(CwtClaims claims) {
        ClaimsWriter writer = new ClaimsWriter();
        claims.issuer().map(CBORObject::FromObject).ifPresent(iss -> writer.set(ClaimsReader.ISS, iss));
        claims.subject().map(CBORObject::FromObject).ifPresent(sub -> writer.set(ClaimsReader.SUB, sub));
        writer.audience(claims);
        claims.expiresAt().map(NumericDate::write).ifPresent(exp -> writer.set(ClaimsReader.EXP, exp));
        claims.notBefore().map(NumericDate::write).ifPresent(nbf -> writer.set(ClaimsReader.NBF, nbf));
        claims.issuedAt().map(NumericDate::write).ifPresent(iat -> writer.set(ClaimsReader.IAT, iat));
        claims.expiresIn()
                .map(Duration::toSeconds)
                .map(CBORObject::FromObject)
                .ifPresent(exi -> writer.set(ClaimsReader.EXI, exi));
        claims.id().map(cti -> CBORObject.FromObject(cti.bytes())).ifPresent(cti -> writer.set(ClaimsReader.CTI, cti));
        claims.confirmation().map(Confirmation::toCbor).ifPresent(cnf -> writer.set(ClaimsReader.CNF, cnf));
        claims.scope().map(CBORObject::FromObject).ifPresent(scope -> writer.set(ClaimsReader.SCOPE, scope));
        claims.scopeBytes().map(CBORObject::FromObject).ifPresent(scope -> writer.set(ClaimsReader.SCOPE, scope));
        claims.cnonce().map(CBORObject::FromObject).ifPresent(nonce -> writer.set(ClaimsReader.CNONCE, nonce));
        for (ClaimLabel label : claims.otherLabels()) {
            claims.other(label).ifPresent(value -> writer.map.set(label.toCbor(), CBORObject.DecodeFromBytes(value)));
        }
        return writer.map;
    }

    private void audience(CwtClaims claims) {
        if (claims.audience().size() == 1) {
            set(ClaimsReader.AUD, CBORObject.FromObject(claims.audience().get(0)));
        } else if (!claims.audience().isEmpty()) {
            CBORObject all = CBORObject.NewArray();
            claims.audience().forEach(all::Add);
            set(ClaimsReader.AUD, all);
        }
    }

    private void set(int label, CBORObject value) {
        map.set(CBORObject.FromObject(label), value);
    }
}
