{%- set last_leg = 5 -%}
with

links as (
    select
        order_line_id,
        exchange_id,
        return_line_id,
        sent_back_order_line_id
    from {{ ref('int_exchanges_linked_to_order_lines') }}
),

replacements as (
    select order_line_id
    from {{ ref('int_exchanges_grouped_to_replacements') }}
),

-- From a replacement back to what was sent back for it, a fixed number of times: no recursion.
climbed as (
    select
        links.order_line_id,
        links.exchange_id,
        links.return_line_id,
        links.sent_back_order_line_id as before_1_id,
        {% for step in range(2, last_leg + 2) -%}
            links_{{ step }}.sent_back_order_line_id as before_{{ step }}_id
            {%- if not loop.last %},
            {% endif %}
        {%- endfor %}
    from links
    {% for step in range(2, last_leg + 2) -%}
        left join links as links_{{ step }}
            on
                {% if step == 2 -%}
                    links.sent_back_order_line_id
                {%- else -%}
                    links_{{ step - 1 }}.sent_back_order_line_id
                {%- endif %} = links_{{ step }}.order_line_id
    {% endfor -%}
),

-- The chain begins where nothing was sent back before.
rooted as (
    select
        *,
        case
            {% for step in range(1, last_leg + 1) -%}
                when before_{{ step + 1 }}_id is null then before_{{ step }}_id
            {% endfor -%}
        end as first_order_line_id,
        case
            {% for step in range(1, last_leg + 1) -%}
                when before_{{ step + 1 }}_id is null then {{ step }}
            {% endfor -%}
        end as leg_number
    from climbed
),

final as (
    select
        rooted.order_line_id,
        rooted.exchange_id,
        rooted.return_line_id,
        -- A chain that begins with a replacement nobody can trace belongs to no episode.
        case when replacements.order_line_id is null then rooted.first_order_line_id end
            as episode_id,
        {% for step in range(1, last_leg) -%}
            case when rooted.leg_number > {{ step }} then rooted.before_{{ step }}_id end
                as way_{{ step }}_id,
        {% endfor -%}
        cast(rooted.leg_number as bigint) as leg_number,
        rooted.leg_number is null as is_too_deep
    from rooted
    left join replacements on rooted.first_order_line_id = replacements.order_line_id
)

select * from final
