/** The shortcodes that work messages use most; any other stays as it was typed. */
const EMOJI = Object.fromEntries(`
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|100 💯|alarm_clock ⏰|ambulance 🚑|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️
arrow_up ⬆️|arrows_counterclockwise 🔄|balance_scale ⚖️|ballot_box_with_check ☑️|bar_chart 📊|beers 🍻|bell 🔔|no_bell 🔕
black_circle ⚫|blue_heart 💙|bookmark 🔖|books 📚|boom 💥|brain 🧠|bug 🐛|bulb 💡|bust_in_silhouette 👤|busts_in_silhouette 👥
cake 🍰|calendar 📆|spiral_calendar_pad 🗓️|chart_with_downwards_trend 📉|chart_with_upwards_trend 📈|clap 👏|clipboard 📋
clock1 🕐|clock3 🕒|clock9 🕘|coffee ☕|compass 🧭|confetti_ball 🎊|construction 🚧|crossed_fingers 🤞|dart 🎯|date 📅|dizzy 💫
earth_africa 🌍|envelope ✉️|exclamation ❗|eyes 👀|fire 🔥|flag-eu 🇪🇺|game_die 🎲|gear ⚙️|gift 🎁|globe_with_meridians 🌐
green_heart 💚|grey_question ❔|grinning 😀|hammer 🔨|handshake 🤝|heart ❤️|heavy_check_mark ✔️|heavy_minus_sign ➖
heavy_plus_sign ➕|hourglass ⌛|hourglass_flowing_sand ⏳|inbox_tray 📥|information_source ℹ️|joy 😂|key 🔑|kiss 💋
large_blue_circle 🔵|large_green_circle 🟢|large_orange_circle 🟠|large_yellow_circle 🟡|red_circle 🔴|white_circle ⚪
laughing 😆|link 🔗|lock 🔒|unlock 🔓|loudspeaker 📢|mag 🔍|mailbox 📫|mega 📣|memo 📝|mortar_board 🎓|mountain ⛰️|muscle 💪
neutral_face 😐|new 🆕|no_entry ⛔|no_entry_sign 🚫|ok 🆗|ok_hand 👌|open_book 📖|package 📦|palm_tree 🌴|paperclip 📎
party_popper 🎉|pencil 📝|pencil2 ✏️|point_down 👇|point_right 👉|point_up ☝️|pray 🙏|purple_heart 💜|pushpin 📌|question ❓
rainbow 🌈|raised_hands 🙌|robot_face 🤖|rocket 🚀|rotating_light 🚨|round_pushpin 📍|scales ⚖️|seedling 🌱|shield 🛡️|ship 🚢
shrug 🤷|slightly_frowning_face 🙁|slightly_smiling_face 🙂|smile 😄|smiley 😃|sob 😭|sparkles ✨|speech_balloon 💬|star ⭐
star2 🌟|stopwatch ⏱️|sun_with_face 🌞|sunny ☀️|sweat_smile 😅|sweat 😓|tada 🎉|test_tube 🧪|thinking_face 🤔
thought_balloon 💭|timer_clock ⏲️|tools 🛠️|triangular_flag_on_post 🚩|trophy 🏆|umbrella ☔|upside_down_face 🙃
vertical_traffic_light 🚦|wave 👋|warning ⚠️|wastebasket 🗑️|white_check_mark ✅|white_flag 🏳️|wrench 🔧|writing_hand ✍️
x ❌|yellow_heart 💛|zap ⚡|zzz 💤|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣
`.trim().split(/[|\n]/).map((pair) => pair.split(" ")));

/** Replaces the shortcodes it knows in a plain text. */
export const emojify = (text) => text.replace(/:([a-z0-9_+'-]+):/g, (whole, name) => EMOJI[name] ?? whole);
