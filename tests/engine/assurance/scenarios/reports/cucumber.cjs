// node cucumber.cjs FOLDER TO: the pages that multiple-cucumber-html-reporter makes of the Cucumber JSON in a folder.
const [jsonDir, reportPath] = process.argv.slice(2);
require("multiple-cucumber-html-reporter").generate({ jsonDir, reportPath, disableLog: true });
