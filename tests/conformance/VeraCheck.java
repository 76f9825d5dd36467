import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * All of veraPDF's rules of the profile named first, such as PDFUA-1 or PDFA-3A, on the files named after it.
 *
 * Prints "ok FILE" or "FAIL FILE" with a line for each broken rule; exit code 1 when a file fails.
 * The profile is read here element by element, because the jar leaves out what veraPDF reads it with.
 */
public class VeraCheck {
    private static final int MOST_FAILURES = 200;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = readProfile(arguments[0]);
        System.out.println("veraPDF: " + profile.getRules().size() + " rules of " + arguments[0]);
        boolean conforms = true;
        for (int i = 1; i < arguments.length; i++) {
            conforms &= check(profile, arguments[i]);
        }
        System.exit(conforms ? 0 : 1);
    }

    private static boolean check(ValidationProfile profile, String file) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, MOST_FAILURES, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            StringBuilder told = new StringBuilder((result.isCompliant() ? "ok " : "FAIL ") + file + "\n");
            Map<String, String> broken = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(
                            rule, assertion.getErrorMessage() + "\n    at " + assertion.getLocation().getContext());
                }
            }
            broken.forEach((rule, message) -> told.append("  " + rule + ": " + message + "\n"));
            // All at once: others may be writing too.
            System.out.print(told);
            System.out.flush();
            return result.isCompliant();
        }
    }

    private static ValidationProfile readProfile(String profile) throws Exception {
        String name = "org/verapdf/pdfa/validation/" + profile + ".xml";
        Element root;
        try (InputStream stream = PDFAFlavour.class.getClassLoader().getResourceAsStream(name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(profile, "", "veraPDF", new Date(0)),
                "",
                rules,
                variables);
    }

    private static Rule readRule(Element rule) {
        Element id = elements(rule, "id").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(rule, "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), argument.getAttribute("name"), null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), arguments),
                new ArrayList<>());
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> list = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            list.add((Element) found.item(i));
        }
        return list;
    }

    private static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
