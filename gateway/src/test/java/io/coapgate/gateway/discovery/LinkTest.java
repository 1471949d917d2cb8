package io.coapgate.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6690 §2 and §4.1. */
class LinkTest {
    private static Link link(List<String> path, LinkAttribute... attributes) {
        try {
            return new Link(RequestPath.of(path), List.of(attributes));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void looksLikeTheExamplesOfTheSpecification() {
        assertThat(link(
                                List.of("sensors"),
                                LinkAttribute.contentFormats(List.of(40)),
                                LinkAttribute.title("Sensor Index"))
                        .text())
                .isEqualTo("</sensors>;ct=40;title=\"Sensor Index\"");
        assertThat(link(
                                List.of("sensors", "temp"),
                                LinkAttribute.resourceTypes(List.of("temperature-c")),
                                LinkAttribute.interfaces(List.of("sensor")))
                        .text())
                .isEqualTo("</sensors/temp>;rt=\"temperature-c\";if=\"sensor\"");
        assertThat(link(
                                List.of("firmware", "v2.1"),
                                LinkAttribute.resourceTypes(List.of("firmware")),
                                LinkAttribute.size(262144))
                        .text())
                .isEqualTo("</firmware/v2.1>;rt=\"firmware\";sz=262144");
        assertThat(link(List.of()).text()).isEqualTo("</>");
    }

    @Test
    void severalValuesStandInQuotes() {
        assertThat(LinkAttribute.contentFormats(List.of(50, 60)).text()).isEqualTo("ct=\"50 60\"");
        assertThat(LinkAttribute.resourceTypes(List.of("a", "b")).text()).isEqualTo("rt=\"a b\"");
        assertThat(LinkAttribute.OBSERVABLE.text()).isEqualTo("obs");
    }

    @Test
    void quotesAndBackslashesAreEscaped() {
        assertThat(LinkAttribute.title("a \"b\" \\ c>;rt=\"x\"").text())
                .isEqualTo("title=\"a \\\"b\\\" \\\\ c>;rt=\\\"x\\\"\"");
    }

    @Test
    void aTargetIsPercentEncoded() {
        assertThat(link(List.of("a b", "c>d")).text()).isEqualTo("</a%20b/c%3Ed>");
    }

    @Test
    void refusesWhatWouldNotBeALink() {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkAttribute.title("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkAttribute.resourceTypes(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkAttribute.resourceTypes(List.of("a b")));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkAttribute.interfaces(List.of("")));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkAttribute.size(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkAttribute("x y", List.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkAttribute("x", List.of("a"), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkAttribute("x", List.of("1", "2"), false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> link(List.of(), LinkAttribute.title("a"), LinkAttribute.title("b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> link(List.of(), new LinkAttribute("href", List.of("/b"), true)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "href=/a/b, true",
        "href=/a, false",
        "href=/a*, true",
        "href=*, true",
        "href=/A/b, false",
        "rt=one, true",
        "rt=two, true",
        "rt=on, false",
        "rt=on*, true",
        "rt=tw*, true",
        "rt=*, true",
        "rt=one two, false",
        "rt=, false",
        "rt, true",
        "if=*, false",
        "if, false",
        "ct=50, true",
        "ct=5, false",
        "ct=6*, true",
        "obs=*, true",
        "obs=, true",
        "obs, true",
        "obs=1, false",
        "title=The temperature, true",
        "title=The*, true",
        "title=temperature, false",
        "sz=*, false",
        "nothing=*, false",
        "=*, false",
    })
    void aSearchComparesEachValueByteForByteOrByPrefix(String filter, boolean matches) {
        Link link = link(
                List.of("a", "b"),
                LinkAttribute.resourceTypes(List.of("one", "two")),
                LinkAttribute.contentFormats(List.of(50, 60)),
                LinkAttribute.OBSERVABLE,
                LinkAttribute.title("The temperature"));
        assertThat(LinkFilter.parse(filter).matches(link)).isEqualTo(matches);
    }
}
