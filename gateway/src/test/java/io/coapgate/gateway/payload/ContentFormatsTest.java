package io.coapgate.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.gateway.refusal.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFormatsTest {
    private static final ContentFormats FORMATS = ContentFormats.iana();
    private static final List<RegisteredFormat> ROWS = RegistryFile.rows();

    @Test
    void everyRowIsAMediaTypeOfItsOwnWithANumberOfItsOwn() {
        HashSet<Integer> ids = new HashSet<>();
        HashSet<String> types = new HashSet<>();
        int last = -1;
        for (RegisteredFormat row : ROWS) {
            assertThat(ids.add(row.id())).as("%s", row).isTrue();
            assertThat(types.add(row.contentCoding() + " "
                            + MediaType.parse(row.mediaType()).orElseThrow()))
                    .as("%s", row)
                    .isTrue();
            assertThat(row.id()).isGreaterThan(last);
            last = row.id();
        }
        assertThat(ROWS).hasSize(110);
    }

    @Test
    void everyRowLeadsToItsMediaTypeAndBack() {
        for (RegisteredFormat row : ROWS) {
            assertThat(FORMATS.get(row.id())).contains(row);
            assertThat(FORMATS.find(row.mediaType(), row.contentCoding())).hasValue(row.id());
            assertThat(FORMATS.find(row.mediaType().replace(";", " ; "), row.contentCoding()))
                    .hasValue(row.id());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "0 | text/plain;charset=utf-8",
                "18 | application/cose;cose-type=\"cose-sign1\"",
                "40 | application/link-format",
                "60 | application/cbor",
                "112 | application/senml+cbor",
                "140 | application/yang-data+cbor;id=sid",
                "280 | application/pkcs7-mime;smime-type=server-generated-key",
                "297 | application/aif+cbor;toid=oscore-gname;tperm=oscore-gperm",
                "10003 | application/eat+cwt;eat_profile=\"tag:psacertified.org,2023:psa#tfm\"",
                "11544 | application/vnd.oma.lwm2m+cbor",
                "30000 | image/svg+xml"
            })
    void knowsTheMediaTypeWithItsParameters(int id, String mediaType) {
        assertThat(FORMATS.get(id).orElseThrow().mediaType()).isEqualTo(mediaType);
        assertThat(FORMATS.get(id).orElseThrow().isEncoded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "11050, application/json, deflate",
        "11060, application/cbor, deflate",
        "12000, text/plain; charset=utf-8, zstd",
        "12041, application/xml, zstd",
        "12050, application/json, zstd"
    })
    void tellsContentCodingsApart(int id, String mediaType, String coding) {
        RegisteredFormat format = FORMATS.get(id).orElseThrow();

        assertThat(format.isEncoded()).isTrue();
        assertThat(format.contentCoding()).isEqualTo(coding);
        assertThat(FORMATS.find(mediaType, coding)).hasValue(id);
        assertThat(FORMATS.find(mediaType, " " + coding.toUpperCase(Locale.ROOT)))
                .hasValue(id);
        assertThat(FORMATS.find(mediaType).orElseThrow()).isNotEqualTo(id);
        assertThat(FORMATS.find(mediaType, coding + ", gzip")).isEmpty();
        assertThat(FORMATS.find(mediaType, "gzip")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 282, 283, 1542, 1543, 64_998, 64_999, 65_000, 65_535, 65_536, Integer.MAX_VALUE})
    void knowsNothingOfNumbersThatAreNotAssigned(int id) {
        assertThat(FORMATS.get(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "text/plain | 0",
                "Text/Plain; Charset=UTF-8 | 0",
                "text/plain; charset=\"utf-8\" | 0",
                "text/plain;charset=US-ASCII | 0",
                "text/plain;charset=utf-8;format=flowed | 0",
                "application/json;charset=utf-8 | 50",
                "APPLICATION/JSON | 50",
                "application/json; odata.metadata=minimal | 50",
                "application/json; | 50",
                "application/json ;; charset=utf8 ; | 50",
                "application/cbor; charset=utf-8 | 60",
                "application/cose; cose-type=cose-sign1 | 18",
                "application/cose;COSE-TYPE=\"cose\\-sign1\" | 18",
                "application/pkcs7-mime; name=smime.p7m; smime-type=certs-only | 281",
                "application/aif+cbor; tperm=oscore-gperm ;toid=\"oscore-gname\" | 297",
                "application/aif+cbor | 290",
                "application/yang-data+cbor | 340",
                "application/yang-data+cbor; id=name | 341",
                "application/eat+cwt;eat_profile=\"2.16.840.1.113741.1.16.1\" | 10005",
                "application/coap-payload;cf=65000 | 65000",
                "application/coap-payload;cf=0 | 0"
            })
    void findsTheNumberOfWhatHttpWrites(String contentType, int id) {
        assertThat(FORMATS.find(contentType)).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain;charset=iso-8859-1",
                "text/plain; charset=utf-16",
                "application/json; charset=utf-16",
                "application/xml; charset=\"windows-1252\"",
                "application/cose",
                "application/cose; cose-type=cose-sign2",
                "application/cose; cose-type=COSE-SIGN1",
                "application/aif+cbor; toid=oscore-gname",
                "application/aif+cbor; toid=oscore-gname; tperm=other",
                "application/yang-data+cbor; id=other",
                "application/pkcs7-mime",
                "text/html",
                "application/problem+json",
                "application/coap-payload",
                "application/coap-payload;cf=65536",
                "application/coap-payload;cf=-1",
                "application/coap-payload;cf=x"
            })
    void findsNoNumberWhereBytesOrParametersMeanSomethingElse(String contentType) {
        assertThat(FORMATS.find(contentType)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "application",
                "application/",
                "/json",
                "application /json",
                "application/json/x",
                "application/json, text/plain",
                "application/json; a",
                "application/json; a=",
                "application/json; a=b c",
                "application/json; a=\"b",
                "application/json; a=\"b\\",
                "application/json; a=\"b\"c",
                "application/json; a=1; A=2",
                "application/json; =1",
                "application/js\u00f6n",
                "application/json\u0000"
            })
    void takesNothingForAMediaTypeThatIsNone(String contentType) {
        assertThat(FORMATS.find(contentType)).isEmpty();
        assertThat(MediaType.parse(contentType)).isEmpty();
    }

    @Test
    void refusesMediaTypesWithoutEnd() {
        assertThat(FORMATS.find("application/json;" + "a=b;".repeat(1000))).isEmpty();
        assertThat(FORMATS.find("application/json;a=" + "b".repeat(2000))).isEmpty();
        StringBuilder many = new StringBuilder("application/json");
        for (int i = 0; i < 17; i++) {
            many.append(";p").append(i).append("=1");
        }
        assertThat(FORMATS.find(many.toString())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownMediaTypeNeverPassesForTheAcceptedOne(UnknownMediaType rule) {
        assertThatThrownBy(() -> rule.contentFormat(OptionalInt.of(60)))
                .isInstanceOfSatisfying(
                        PayloadException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.ACCEPT_UNSUPPORTED));
    }

    @Test
    void anUnknownMediaTypeCrossesByTheRouteRule() throws Exception {
        assertThatThrownBy(() -> UnknownMediaType.REFUSE.contentFormat(OptionalInt.empty()))
                .isInstanceOfSatisfying(
                        PayloadException.class,
                        e -> assertThat(e.reason()).isEqualTo(Refusal.UPSTREAM_RESPONSE_INVALID));
        assertThat(UnknownMediaType.OCTET_STREAM.contentFormat(OptionalInt.empty()))
                .hasValue(42);
        assertThat(UnknownMediaType.OCTET_STREAM.contentFormat(OptionalInt.of(42)))
                .hasValue(42);
        assertThat(UnknownMediaType.OMIT.contentFormat(OptionalInt.empty())).isEmpty();
    }

    @Test
    void anUnknownContentFormatCrossesByTheRouteRule() throws Exception {
        assertThatThrownBy(UnknownMediaType.REFUSE::mediaType)
                .isInstanceOfSatisfying(
                        PayloadException.class,
                        e -> assertThat(e.reason()).isEqualTo(Refusal.CONTENT_FORMAT_UNSUPPORTED));
        assertThat(UnknownMediaType.OCTET_STREAM.mediaType()).isEqualTo("application/octet-stream");
        assertThat(UnknownMediaType.OMIT.mediaType()).isEqualTo("application/octet-stream");
        assertThat(UnknownMediaType.OCTET_STREAM.configName()).isEqualTo("octet-stream");
    }
}
